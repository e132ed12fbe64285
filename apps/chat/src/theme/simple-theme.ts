import type { ThemeOption } from '@parley/element'
import type { Look } from './look.js'
import { parseColor } from './parse-color.js'

type ThemeGiven = 'light' | 'dark' | ThemeOption

/** A theme in the chat's own words, and what of it goes beyond them. */
export interface ReadTheme {
  theme: Omit<ThemeOption, 'colorScheme'> & { colorScheme: 'light' | 'dark' }
  look: Look
}

/** Takes the simple keys (`primaryColor` and the like) that may stand among the others. */
export function readTheme(given: ThemeGiven = 'light'): ReadTheme {
  if (typeof given === 'string') return { theme: { colorScheme: given }, look: {} }
  const { primaryColor, backgroundColor, fontFamily, borderRadius, ...rest } = given
  const { messageBackground, userMessageColor, botMessageColor, ...theme } = rest
  const color = {
    ...(primaryColor && { accent: { primary: primaryColor, level: 1 } }),
    ...(backgroundColor && { surface: { background: backgroundColor, foreground: backgroundColor } }),
    ...theme.color,
  }
  return {
    theme: {
      ...(borderRadius && { radius: nearestRadius(borderRadius) }),
      ...theme,
      ...(fontFamily && { typography: { fontFamily, ...theme.typography } }),
      color,
      colorScheme: theme.colorScheme ?? (isDark(color.surface?.background) ? 'dark' : 'light'),
    },
    look: {
      ...(messageBackground && { 'user-bubble': messageBackground, 'assistant-bubble': messageBackground }),
      ...(userMessageColor && { 'user-text': userMessageColor }),
      ...(botMessageColor && { 'assistant-text': botMessageColor }),
      ...(borderRadius && { 'bubble-radius': borderRadius }),
    },
  }
}

/** The nearest of the four shapes to a CSS length. */
function nearestRadius(length: string): NonNullable<ThemeOption['radius']> {
  const size = Number.parseFloat(length) * (/r?em$/.test(length) ? 16 : 1)
  if (length.endsWith('%') || size > 18) return 'pill'
  if (size > 9) return 'round'
  return size > 2 ? 'soft' : 'sharp'
}

/** A page that only names a dark ground wants light text on it. */
function isDark(css: string | undefined): boolean {
  const [red, green, blue] = (css && parseColor(css)) || [1, 1, 1]
  return 0.299 * red + 0.587 * green + 0.114 * blue < 0.4
}
