/**
 * Character references: every numeric one, and the named ones people and models really write.
 * HTML knows 2,125 names (30 KB); an unknown name simply stays as it was typed.
 */

const REFERENCE = /&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z][A-Za-z0-9]{1,31}));/y
const UNFINISHED = /&(?:#(?:[xX][0-9a-fA-F]{0,6}|[0-9]{0,7})|[A-Za-z][A-Za-z0-9]{0,31})?$/y
const REPLACEMENT = '\ufffd'

/** A name, a blank where the character is a letter, the character. */
const NAMES =
  'amp& lt< gt> quot" apos\' nbsp\u00a0 copy© reg® trade™ hellip… mdash— ndash– lsquo‘ rsquo’ sbquo‚ ldquo“ rdquo” bdquo„ ' +
  'laquo« raquo» lsaquo‹ rsaquo› bull• middot· sect§ para¶ dagger† Dagger‡ deg° plusmn± times× divide÷ minus− micro µ ' +
  'frac12½ frac14¼ frac34¾ sup1¹ sup2² sup3³ le≤ ge≥ ne≠ asymp≈ equiv≡ infin∞ sum∑ prod∏ radic√ int∫ part∂ nabla∇ isin∈ ' +
  'notin∉ cap∩ cup∪ sub⊂ sup⊃ sube⊆ supe⊇ empty∅ forall∀ exist∃ and∧ or∨ not¬ larr← uarr↑ rarr→ darr↓ harr↔ lArr⇐ rArr⇒ ' +
  'hArr⇔ euro€ pound£ yen¥ cent¢ curren¤ check✓ cross✗ star☆ hearts♥ iexcl¡ iquest¿ ordf ª ordm º brvbar¦ shy\u00ad ' +
  'ensp\u2002 emsp\u2003 thinsp\u2009 zwnj\u200c zwj\u200d lrm\u200e rlm\u200f permil‰ prime′ Prime″ AElig Æ aelig æ ' +
  'Oslash Ø oslash ø szlig ß Delta Δ Sigma Σ Omega Ω alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι ' +
  'kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ phi φ chi χ psi ψ omega ω'
const NAMED = new Map(
  Array.from(NAMES.matchAll(/([A-Za-z]+\d*) ?(.)(?: |$)/gu), ([, name = '', character = '']) => [name, character]),
)

/** `Auml`, `eacute` and their like: a letter and its accent. */
const ACCENTED = /^([A-Za-z])(grave|acute|circ|tilde|uml|ring|cedil|caron)$/
const ACCENTS: Record<string, string> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  cedil: '\u0327',
  caron: '\u030c',
}

/** The reference starting at `position`: its text and end; `'more'` when the text ends inside of it; else null. */
export function parseEntity(text: string, position: number): { value: string; end: number } | 'more' | null {
  REFERENCE.lastIndex = position
  const match = REFERENCE.exec(text)
  if (match) {
    const [, hex, decimal, name = ''] = match
    const value = hex
      ? fromPoint(Number.parseInt(hex, 16))
      : decimal
        ? fromPoint(Number(decimal))
        : (NAMED.get(name) ?? accented(name))
    return value === undefined ? null : { value, end: REFERENCE.lastIndex }
  }
  UNFINISHED.lastIndex = position
  return UNFINISHED.test(text) ? 'more' : null
}

function fromPoint(point: number): string {
  const isForbidden = point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)
  return isForbidden ? REPLACEMENT : String.fromCodePoint(point)
}

function accented(name: string): string | undefined {
  const [, letter = '', accent = ''] = ACCENTED.exec(name) ?? []
  const character = (letter + ACCENTS[accent]).normalize('NFC')
  return character.length === 1 ? character : undefined
}
