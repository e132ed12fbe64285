/** The pictures every browser draws and none runs: what each begins with. Not SVG, which is a program. */
const SIGNATURES: Record<string, (text: string) => boolean> = {
  'image/png': (text) => text.startsWith('\x89PNG\r\n\x1a\n'),
  'image/jpeg': (text) => text.startsWith('\xff\xd8\xff'),
  'image/gif': (text) => /^GIF8[79]a/.test(text),
  'image/webp': (text) => /^RIFF[\s\S]{4}WEBP/.test(text),
  'image/avif': (text) => /^[\s\S]{4}ftypavi[fs]/.test(text),
}

/** How many bytes are needed to tell. */
export const SIGNATURE_BYTES = 16

/** Whether files of this type are shown as pictures. */
export const isSafeImage = (mimeType: string): boolean => Object.hasOwn(SIGNATURES, mimeType)

/** Whether bytes that begin so are what the type says. Types other than pictures are never shown, so they may be anything. */
export function looksLike(mimeType: string, start: Uint8Array): boolean {
  const text = Array.from(start.subarray(0, SIGNATURE_BYTES), (byte) => String.fromCharCode(byte)).join('')
  return SIGNATURES[mimeType]?.(text) ?? true
}
