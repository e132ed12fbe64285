/** The user in whose name a server acts with its API key. */
export interface ActingUser {
  userId: string
  /** As the server said it. */
  onBehalfOf: { user: string; organization?: string | undefined }
}

/**
 * The user is named by the request or is the key itself, and is another one in each organization.
 *
 * @param named The user that the request names itself, e.g. in its body; it wins over `x-principal-user-id`.
 *
 * Source: the Xpert contract, section 2: empty headers count as absent.
 */
export function actingUser(keyId: string, headers: Headers, named?: string | null): ActingUser {
  const organization = headers.get('organization-id')?.trim() || undefined
  const user = named ?? (headers.get('x-principal-user-id')?.trim() || `key:${keyId}`)
  const userId = organization === undefined ? user : `org:${encodeURIComponent(organization)}:${user}`
  return { userId, onBehalfOf: { user, organization } }
}

/** The user as whoever speaks for them calls them: in no organization's name. */
export const nameOfUser = (userId: string): string => /^org:[^:]*:(.*)$/s.exec(userId)?.[1] ?? userId
