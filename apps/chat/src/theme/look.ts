import { readableOn, toCss, toOklch } from './color.js'
import { parseColor } from './parse-color.js'
import '../styles/look.css'

/** What a page's CSS may set of the chat beyond its theme: the name behind `--parley-`, what it takes, and ours. */
const LOOKS = {
  'user-bubble': { kind: 'color', property: '--user-bubble' },
  'user-text': { kind: 'color', property: '--user-text' },
  'assistant-bubble': { kind: 'color', property: '--assistant-bubble' },
  'assistant-text': { kind: 'color', property: '--assistant-text' },
  'bubble-radius': { kind: 'length', property: '--bubble-radius' },
  'column-width': { kind: 'length', property: '--column-width' },
  header: { kind: 'color', property: '--header-ground' },
  composer: { kind: 'color', property: '--composer-ground' },
  link: { kind: 'color', property: '--link' },
  'scrollbar-thumb': { kind: 'color', property: '--scrollbar-thumb' },
  'scrollbar-track': { kind: 'color', property: '--scrollbar-track' },
} as const

export type Look = { [Name in keyof typeof LOOKS]?: string }

/** Small pictures beside the messages: a picture as a data URL, or up to three letters. */
export interface Avatars {
  user?: string
  assistant?: string
}

/** Puts the look on the element as custom properties. What is not a plain colour or length is left out, never passed on. */
export function applyLook(element: HTMLElement, look: Look, avatars: Avatars = {}): void {
  const properties = { ...readLook(look), ...readAvatars(avatars) }
  for (const name of ALL) {
    const value = properties[name]
    if (value === undefined) element.style.removeProperty(name)
    else element.style.setProperty(name, value)
  }
  element.toggleAttribute('data-assistant-bubble', '--assistant-bubble' in properties)
  for (const who of ['user', 'assistant'] as const) {
    element.toggleAttribute(`data-${who}-avatar`, `--${who}-picture` in properties || `--${who}-letters` in properties)
  }
}

function readLook(look: Look): Record<string, string> {
  const properties: Record<string, string> = {}
  for (const [name, { kind, property }] of Object.entries(LOOKS)) {
    const value = look[name as keyof Look]?.trim() // a key of the table
    if (value && (kind === 'color' ? parseColor(value) : LENGTH.test(value))) properties[property] = value
  }
  // Text that nobody chose a colour for stays readable on whatever ground was chosen.
  for (const who of ['user', 'assistant']) {
    const ground = parseColor(properties[`--${who}-bubble`] ?? '')
    if (ground) properties[`--${who}-text`] ??= toCss(readableOn(toOklch(ground)))
  }
  return properties
}

function readAvatars(avatars: Avatars): Record<string, string> {
  const properties: Record<string, string> = {}
  for (const who of ['user', 'assistant'] as const) {
    const given = avatars[who]
    if (typeof given !== 'string') continue
    if (PICTURE.test(given)) properties[`--${who}-picture`] = `url("${given}")`
    else if (LETTERS.test(given)) properties[`--${who}-letters`] = `"${given}"`
  }
  return properties
}

const LENGTH = /^\d{1,4}(\.\d{1,3})?(px|rem|em|ch|%)$/
/** No quote, bracket or backslash in it: it cannot end the `url()` it is put into. */
const PICTURE = /^data:image\/(png|jpeg|webp|gif|avif|svg\+xml);base64,[A-Za-z0-9+/=]{1,200000}$/
const LETTERS = /^[\p{L}\p{N}\p{Extended_Pictographic}]{1,3}$/u

const ALL = [
  ...Object.values(LOOKS).map(({ property }) => property),
  ...['user', 'assistant'].flatMap((who) => [`--${who}-picture`, `--${who}-letters`]),
]
