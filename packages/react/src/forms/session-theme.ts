import type { ThemeOption } from '@parley/element'
import { warnOnce } from '../warn-once.js'
import type { SessionSettings } from './session-settings.js'

/** The simple theme keys as the chat's own theme. Keys of the chat's theme may stand among them and stay. */
export function toTheme(given: SessionSettings['theme']): 'light' | 'dark' | ThemeOption | undefined {
  if (given === undefined || typeof given === 'string') return given
  const simple = { ...NO_KEYS, ...given }
  const {
    primaryColor,
    backgroundColor,
    fontFamily,
    borderRadius,
    messageBackground,
    userMessageColor,
    botMessageColor,
    ...theme
  } = simple
  const bubbles = { messageBackground, userMessageColor, botMessageColor }
  for (const [name, value] of Object.entries(bubbles)) {
    if (value) warnOnce(`theme.${name}`, 'is not followed yet. The bubbles take their colours from theme.color.')
  }
  if (fontFamily) theme.typography = { ...theme.typography, fontFamily }
  if (borderRadius) theme.radius = toRadius(borderRadius)
  if (primaryColor) theme.color = { ...theme.color, accent: { primary: primaryColor, level: 1 } }
  if (backgroundColor) {
    theme.color = { ...theme.color, surface: { background: backgroundColor, foreground: backgroundColor } }
  }
  return theme
}

/** Gives a theme of either kind all keys of both. */
const NO_KEYS: { [Name in SimpleKey]?: string } & ThemeOption = {}

type SimpleKey =
  | 'primaryColor'
  | 'backgroundColor'
  | 'fontFamily'
  | 'borderRadius'
  | 'messageBackground'
  | 'userMessageColor'
  | 'botMessageColor'

/** The nearest of the four shapes to a CSS length. */
function toRadius(length: string): NonNullable<ThemeOption['radius']> {
  const size = Number.parseFloat(length) * (/r?em$/.test(length) ? 16 : 1)
  if (length.endsWith('%') || size > 18) return 'pill'
  if (size > 9) return 'round'
  return size > 2 ? 'soft' : 'sharp'
}
