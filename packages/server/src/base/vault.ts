import { ParleyError } from '@parley/protocol'
import { fromBase64, toBase64 } from './base64.js'

/** Seals secrets before they are stored: AES-256-GCM, with a key of the server's. */
export interface Vault {
  /** @param place Where it is kept; what is moved to another place cannot be opened there. */
  seal(secret: string, place: string): Promise<string>
  /** @throws {ParleyError} `not_configured` when the server no longer has the key, or what is stored was changed */
  open(sealed: string, place: string): Promise<string>
  /** Whether it was sealed with a key that new secrets are no longer sealed with. */
  isOld(sealed: string): boolean
}

const VERSION = 'v1'
const IV_BYTES = 12

/** @param keys 32 bytes each. The first seals; those behind it still open what they have sealed. */
export async function createVault(keys: readonly [Uint8Array, ...Uint8Array[]]): Promise<Vault> {
  const known = await Promise.all(keys.map(importKey))
  const [newest] = known
  if (!newest) throw new TypeError('a vault needs a key')
  return {
    async seal(secret, place) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const algorithm = { name: 'AES-GCM', iv, additionalData: encoder.encode(place) }
      const bytes = await crypto.subtle.encrypt(algorithm, newest.key, encoder.encode(secret))
      return [VERSION, newest.id, toBase64(iv), toBase64(new Uint8Array(bytes))].join('.')
    },
    async open(sealed, place) {
      const [version, id, iv = '', bytes = ''] = sealed.split('.')
      const found = version === VERSION ? known.find((one) => one.id === id) : undefined
      if (!found) throw unreadable()
      const algorithm = { name: 'AES-GCM', iv: fromBase64(iv), additionalData: encoder.encode(place) }
      const opened = await crypto.subtle.decrypt(algorithm, found.key, fromBase64(bytes)).catch((cause: unknown) => {
        throw unreadable(cause)
      })
      return new TextDecoder().decode(opened)
    },
    isOld: (sealed) => sealed.split('.')[1] !== newest.id,
  }
}

const encoder = new TextEncoder()

/** The id tells keys apart and nothing about them. */
async function importKey(
  bytes: Uint8Array,
): Promise<{ id: string; key: Awaited<ReturnType<typeof crypto.subtle.importKey>> }> {
  const own = new Uint8Array(bytes)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', own))
  return {
    id: [...digest.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    key: await crypto.subtle.importKey('raw', own, 'AES-GCM', false, ['encrypt', 'decrypt']),
  }
}

const unreadable = (cause?: unknown) =>
  new ParleyError(
    'not_configured',
    'A stored key cannot be opened: the server has another encryption key than the one it was sealed with. Add that one to PARLEY_ENCRYPTION_KEY, or store the key again.',
    { cause },
  )
