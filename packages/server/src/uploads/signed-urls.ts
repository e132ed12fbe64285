import type { Scope } from '../storage/store.js'

/** What one signed address allows: one thing, with one attachment or one run, for a while. */
export interface Grant {
  purpose: 'upload' | 'read' | 'feedback'
  /** Of the attachment, or of the run that feedback is about. */
  id: string
  scope: Scope
  /** Milliseconds since 1970. */
  expires: number
}

/** Makes and checks the tokens of signed addresses. Nothing is stored: the token says what it allows, the key proves it. */
export interface Signer {
  sign(grant: Grant): Promise<string>
  /** The grant of a token that this server signed and that has not expired; `null` for every other string. */
  verify(token: string, now: number): Promise<Grant | null>
}

/** @param key 32 random bytes that outlive the process; whoever has them can read every file. */
export function createSigner(key: Uint8Array): Signer {
  const imported = crypto.subtle.importKey('raw', new Uint8Array(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])
  return {
    async sign({ purpose, id, scope, expires }) {
      const fields = [purpose, id, scope.workspaceId, scope.userId, scope.appId, expires]
      const payload = new TextEncoder().encode(JSON.stringify(fields))
      const signature = new Uint8Array(await crypto.subtle.sign('HMAC', await imported, payload))
      return `${toBase64Url(payload)}.${toBase64Url(signature)}`
    },
    async verify(token, now) {
      const [payload, signature] = token.split('.').map(fromBase64Url)
      if (!payload || !signature) return null
      if (!(await crypto.subtle.verify('HMAC', await imported, signature, payload))) return null
      const [purpose, id, workspaceId, userId, appId, expires] = JSON.parse(new TextDecoder().decode(payload)) // signed by us
      if (expires <= now) return null
      return { purpose, id, scope: { workspaceId, userId, appId }, expires }
    },
  }
}

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text)) return null
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
