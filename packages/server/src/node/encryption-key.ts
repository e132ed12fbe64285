const KEY_BYTES = 32

/** 32 bytes in hexadecimal or Base64, of either alphabet; `undefined` for anything else. */
export function readKey(text: string): Uint8Array | undefined {
  if (/^[\da-f]{64}$/i.test(text)) return Uint8Array.from(Buffer.from(text, 'hex'))
  if (!/^[\w+/-]{43}=?$/.test(text)) return undefined
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  return bytes.byteLength === KEY_BYTES ? bytes : undefined
}
