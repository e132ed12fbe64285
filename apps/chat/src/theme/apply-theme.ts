import { type Rgb, toOklch } from './color.js'
import type { FontSource } from './fonts.js'
import { createPalette, type Grayscale, toProperties } from './palette.js'
import { type ShapeOptions, shapeProperties } from './shape.js'

/** The theme as the host page gives it: a scheme alone, or all of it. */
export type ThemeInput =
  | 'light'
  | 'dark'
  | {
      colorScheme?: 'light' | 'dark'
      radius?: ShapeOptions['radius']
      density?: ShapeOptions['density']
      typography?: Pick<ShapeOptions, 'baseSize' | 'fontFamily' | 'fontFamilyMono'> & { fontSources?: FontSource[] }
      color?: {
        grayscale?: Grayscale
        accent?: { primary: string; level: number }
        surface?: { background: string; foreground: string }
      }
    }

/** Puts the theme on the element as CSS custom properties; every style of the chat reads only those. */
export function applyTheme(element: HTMLElement, theme: ThemeInput = 'light'): void {
  const {
    colorScheme = 'light',
    typography,
    color,
    ...shape
  } = typeof theme === 'string' ? { colorScheme: theme } : theme
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

/** Reads any CSS colour the browser knows by painting one pixel with it; `null` when it is not a colour. */
function parseColor(css: string): Rgb | null {
  if (!CSS.supports('color', css)) return null
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d')
  if (!context) return null
  context.fillStyle = css
  context.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
  return [red / 255, green / 255, blue / 255]
}
