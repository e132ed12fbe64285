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
  return SIGNATURES[mimeType]?.(startText(start)) ?? true
}

/** The type of a picture by how its bytes begin; `undefined` for anything else. */
export function imageTypeOf(start: Uint8Array): string | undefined {
  const text = startText(start)
  return Object.keys(SIGNATURES).find((mimeType) => SIGNATURES[mimeType]?.(text))
}

const startText = (start: Uint8Array) => String.fromCharCode(...start.subarray(0, SIGNATURE_BYTES))

/** What a file says it is, unless it says it is a picture and is not: then it is bytes of no kind. */
export async function honestType(file: Blob, mimeType: string): Promise<string> {
  const start = new Uint8Array(await file.slice(0, SIGNATURE_BYTES).arrayBuffer())
  return looksLike(mimeType, start) ? mimeType : 'application/octet-stream'
}
