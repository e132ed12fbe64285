export interface FontSource {
  family: string
  /** Address of the font file. */
  src: string
  weight?: string | number
  style?: string
  display?: 'auto' | 'block' | 'swap' | 'fallback' | 'optional'
  unicodeRange?: string
}

const added = new Set<string>()

/**
 * Gives the chat the fonts of a theme. Their bytes are brought by the page: the frame itself loads nothing from
 * elsewhere. A font that cannot be had is left out, and `onError` hears why.
 */
export function addFonts(
  sources: FontSource[],
  load: (url: string) => Promise<ArrayBuffer>,
  onError: (error: unknown) => void,
): void {
  for (const source of sources) {
    const key = JSON.stringify(source)
    if (added.has(key)) continue
    added.add(key)
    addFont(source, load).catch((error: unknown) => {
      added.delete(key) // the next theme may try again
      onError(error)
    })
  }
}

async function addFont(source: FontSource, load: (url: string) => Promise<ArrayBuffer>): Promise<void> {
  const { family, src, weight = 'normal', style = 'normal', display = 'swap', unicodeRange } = source
  const descriptors = { weight: String(weight), style, display, ...(unicodeRange && { unicodeRange }) }
  const font = new FontFace(family, await load(addressIn(src)), descriptors)
  document.fonts.add(await font.load())
}

/** Some write `url(…)`, as in a style sheet. */
function addressIn(src: string): string {
  return /url\(\s*["']?(.*?)["']?\s*\)/.exec(src)?.[1] ?? src
}
