/** What the element tells its frame through the fragment of the address: base64url of JSON. */
export interface XpertInvitation {
  /** Functions are replaced by a marker. */
  options: Record<string, unknown>
  /** Origin of the page. */
  referrer: string
  /** Names the line between this element and its frame; newer elements give one, and read it in every message. */
  channelId?: string
}

/** Reads the fragment; `null` when it is none of Xpert's. */
export function decodeXpertInvitation(hash: string): XpertInvitation | null {
  try {
    const binary = atob(hash.slice(1).replaceAll('-', '+').replaceAll('_', '/'))
    const json = new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)))
    const { options, referrer, channelId } = Object(JSON.parse(json)) as Partial<Record<keyof XpertInvitation, unknown>>
    if (typeof options !== 'object' || options === null || typeof referrer !== 'string') return null
    const line = typeof channelId === 'string' && channelId ? { channelId } : {}
    return { options: { ...options }, referrer: new URL(referrer).origin, ...line }
  } catch {
    return null // not base64, not JSON, or not an address
  }
}
