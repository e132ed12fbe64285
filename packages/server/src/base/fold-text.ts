/**
 * Text as it is compared when somebody searches: small letters without accents, one blank between words. `é` finds `E`,
 * and `Đ` finds `d`; letters of scripts without such variants stay what they are.
 */
export function foldText(text: string): string {
  return foldPiece(text).replace(/\s+/g, ' ').trim()
}

/** Where the folded words stand in a text: ranges `[from, to)` in its own characters, in order, none over another. */
export function findWords(text: string, words: readonly string[]): [number, number][] {
  const { folded, origins } = foldWithOrigins(text)
  const ranges: [number, number][] = []
  for (const word of words) {
    for (let at = folded.indexOf(word); at !== -1 && word !== ''; at = folded.indexOf(word, at + word.length)) {
      ranges.push([origins[at] ?? 0, origins[at + word.length] ?? text.length])
    }
  }
  return ranges.sort(([a], [b]) => a - b).reduce<[number, number][]>(join, [])
}

/** Accents of Latin, Greek and Cyrillic, vowel marks of Arabic; marks that make another letter elsewhere stay. */
const ACCENTS = /[\u0300-\u036f\u064b-\u0652]/g

function foldPiece(text: string): string {
  return text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/[\0\p{Surrogate}]/gu, ' ') // what a database cannot keep
}

/** The folded text, and for each of its characters where the one it came from begins. */
function foldWithOrigins(text: string): { folded: string; origins: number[] } {
  let folded = ''
  const origins: number[] = []
  let at = 0
  for (const character of text) {
    const piece = /\s/.test(character) ? ' ' : foldPiece(character)
    for (let index = 0; index < piece.length; index++) origins.push(at)
    folded += piece
    at += character.length
  }
  return { folded, origins }
}

function join(joined: [number, number][], range: [number, number]): [number, number][] {
  const last = joined.at(-1)
  if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1])
  else joined.push([...range])
  return joined
}
