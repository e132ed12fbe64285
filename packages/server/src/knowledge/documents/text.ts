import type { ReadFormat } from './section.js'

/** Plain text and Markdown: UTF-8, or UTF-16 with its mark. What is neither is taken for Latin-1. */
export const readText: ReadFormat = (bytes) => [{ text: decodeText(bytes) }]

export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('latin1').decode(bytes)
  }
}
