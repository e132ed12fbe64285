import { API_KEY_SCOPES, type GivenApiKey } from '../../../packages/server/src/auth/api-keys.js'

export const KEY = 'sk-parley-of-the-shop-for-browser-tests'

/** The key the page's own server asks with; browsers never see it. */
export const SESSION_KEYS: GivenApiKey[] = [
  { key: KEY, id: 'key_shop', workspaceId: 'shop', scopes: [...API_KEY_SCOPES] },
]

/** What the page's own server does for a person by Xpert's guide: its secret reaches every app unless `assistant` names one. */
export async function createXpertSecret(
  parleyUrl: string,
  body: { expires_after?: number; assistant?: { id: string }; user?: string } = {},
): Promise<string> {
  const response = await fetch(`${parleyUrl}/api/ai/v1/chatkit/sessions`, {
    method: 'POST',
    headers: { 'x-api-key': KEY, 'content-type': 'application/json', 'x-principal-user-id': 'ada' },
    body: JSON.stringify(body),
  })
  const { client_secret } = (await response.json()) as { client_secret?: string }
  if (!client_secret) throw new Error(`No session: ${response.status}`)
  return client_secret
}

/** What the page's own server does for a person: asks Parley for a session, and hands out its secret. */
export async function createSecret(parleyUrl: string, user = 'ada'): Promise<string> {
  const response = await fetch(`${parleyUrl}/v1/chatkit/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'openai-beta': 'chatkit_beta=v1' },
    body: JSON.stringify({ workflow: { id: 'demo' }, user }),
  })
  const { client_secret } = (await response.json()) as { client_secret?: string }
  if (!client_secret) throw new Error(`No session: ${response.status}`)
  return client_secret
}
