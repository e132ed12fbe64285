import type { ColorScheme, ThemeOption } from '@parley/element'
import { toOklch } from './color.js'
import { createPalette, toProperties } from './palette.js'
import { parseColor } from './parse-color.js'
import { shapeProperties } from './shape.js'
import { readTheme } from './simple-theme.js'

/** A scheme alone, or all of a theme. */
export type ThemeInput = ColorScheme | ThemeOption

/**
 * Puts the theme as the host page gives it on the element as CSS custom properties; every
 * style of the chat reads only those.
 */
export function applyTheme(element: HTMLElement, given: ThemeInput = 'light'): void {
  const { colorScheme: wanted, typography, color, ...shape } = readTheme(given).theme
  const colorScheme = wanted === 'dark' ? 'dark' : 'light' // a word nobody knows is no scheme
  const accent = color?.accent && parseColor(color.accent.primary)
  const background = color?.surface && parseColor(color.surface.background)
  const foreground = color?.surface && parseColor(color.surface.foreground)
  const palette = createPalette({
    scheme: colorScheme,
    ...(color?.grayscale && { grayscale: color.grayscale }),
    ...(accent && { accent: toOklch(accent) }),
    ...(background && foreground && { surface: { background: toOklch(background), foreground: toOklch(foreground) } }),
  })
  const properties = { ...toProperties(palette, color?.accent?.level), ...shapeProperties({ ...shape, ...typography }) }
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value)
  element.dataset.scheme = colorScheme
  element.style.setProperty('color-scheme', colorScheme)
}
