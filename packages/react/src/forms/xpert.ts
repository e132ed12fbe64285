import type { ChatKitOptions, CustomApi } from '@parley/element'
import { warnOnce } from '../warn-once.js'

/** What an Xpert page's own server hands out: the secret, alone or with what it is for. */
export type XpertSecret = string | { secret: string; organizationId?: string; xpertId?: string; assistantId?: string }

/** `getClientSecret` is called with `null` first, and with the refused secret when it no longer works. */
export interface XpertApi {
  apiUrl: string
  xpertId?: string
  getClientSecret: (currentClientSecret: string | null) => Promise<XpertSecret>
}

/** Options as written for `@xpert-ai/chatkit-react`. */
export interface XpertOptions extends Omit<ChatKitOptions, 'api'> {
  /** Address of the chat's frame on the Parley server. Left out: the server of `api.apiUrl`. */
  frameUrl?: string
  api: XpertApi | (CustomApi & { apiUrl: string; xpertId?: string })
  displayMode?: 'chat' | 'pet'
  request?: Record<string, unknown>
  pet?: unknown
}

/** Options of ours, and the server whose script draws the chat. */
export function fromXpert(given: XpertOptions): ChatKitOptions & { src: string } {
  const { frameUrl, api, displayMode, request, pet, ...options } = given
  if (displayMode === 'pet' || pet !== undefined) warnOnce('pet', 'has no counterpart here: the chat itself is shown.')
  if (request !== undefined) warnOnce('request', 'is not sent. Let your server add it where it creates the session.')
  return { ...options, api: toApi(api), src: serverOf(frameUrl ?? api.apiUrl) }
}

/** The server is the frame's own, so `apiUrl` has nothing left to say; a secret that is not bound to an agent reaches `xpertId`. */
function toApi(api: XpertOptions['api']): NonNullable<ChatKitOptions['api']> {
  if (!('getClientSecret' in api)) {
    const { apiUrl: _apiUrl, xpertId: _xpertId, ...custom } = api
    return custom
  }
  return {
    ...(api.xpertId && { appId: api.xpertId }),
    getClientSecret: async (current) => {
      const answer = await api.getClientSecret(current)
      if (typeof answer === 'string') return answer
      const { secret, organizationId, xpertId, assistantId } = answer
      return { secret, organizationId, appId: xpertId || assistantId }
    },
  }
}

/** `https://host/chatkit/frame/` and `https://host/api/ai` are both served by `https://host/`. */
function serverOf(address: string): string {
  return address.replace(/[?#].*$/, '').replace(/\/(chatkit(\/.*)?|api\/ai\/?)$/, '') || '/'
}
