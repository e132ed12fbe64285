import { type Oklch, readableOn, toCss, withContrast } from './color.js'

export interface Grayscale {
  hue: number
  tint: number
  shade?: number
}

export interface PaletteOptions {
  scheme: 'light' | 'dark'
  grayscale?: Grayscale
  /** The one accent, as the host page gave it. */
  accent?: Oklch
  accentLevel?: number
  surface?: { background: Oklch; foreground: Oklch }
}

/**
 * Lightness of the twelve neutral steps: 1 page · 2 quiet surface · 3 raised · 4 bubble, hover · 5 pressed · 6 hairline ·
 * 7 strong line · 8 control · 9 faint · 10 secondary text · 11 strong secondary · 12 text.
 */
const LIGHTNESS = {
  light: [1, 0.982, 0.967, 0.953, 0.93, 0.905, 0.84, 0.61, 0.56, 0.5, 0.42, 0.235],
  dark: [0.195, 0.222, 0.25, 0.272, 0.305, 0.325, 0.41, 0.59, 0.63, 0.73, 0.8, 0.945],
} as const

const DEFAULT_GRAYSCALE: Grayscale = { hue: 264, tint: 1 }
const DEFAULT_ACCENT: Oklch = { l: 0.53, c: 0.19, h: 268 }

/** Hues that only ever carry meaning. */
const MEANING = { danger: 25, warning: 65, success: 150, info: 245, discovery: 300 } as const

export interface Palette {
  neutral: Oklch[]
  accent: Oklch
  accentForeground: Oklch
  /** The accent as a text colour: links, markers. */
  accentText: Oklch
  meaning: Record<keyof typeof MEANING, Oklch>
}

/** All colours of a theme. Text reaches 7:1, secondary text 4.5:1, controls 3:1 on the page and on every raised step. */
export function createPalette({ scheme, grayscale = DEFAULT_GRAYSCALE, accent, surface }: PaletteOptions): Palette {
  const ramp = createRamp(scheme, grayscale)
  const neutral = surface ? onSurface(ramp, surface) : ramp
  const furthest = step(neutral, 4)
  const fill = accent ?? (scheme === 'dark' ? { ...DEFAULT_ACCENT, l: 0.62 } : DEFAULT_ACCENT)
  const visible = withContrast(fill, step(neutral, 1), 3)
  const meaning = Object.entries(MEANING).map(([name, h]) => {
    const base = { l: scheme === 'dark' ? 0.74 : 0.54, c: 0.15, h }
    return [name, withContrast(base, furthest, 4.5)]
  })
  return {
    neutral: keepReadable(neutral),
    accent: visible,
    accentForeground: readableOn(visible),
    accentText: withContrast(fill, furthest, 4.5),
    meaning: Object.fromEntries(meaning) as Palette['meaning'], // the same keys, rebuilt
  }
}

/** The palette as CSS custom properties. */
export function toProperties(palette: Palette, accentLevel = 0): Record<string, string> {
  const properties: Record<string, string> = {
    '--accent': toCss(palette.accent),
    '--accent-foreground': toCss(palette.accentForeground),
    '--accent-text': toCss(palette.accentText),
    '--accent-share': `${[0, 7, 14, 22][accentLevel] ?? 0}%`,
  }
  palette.neutral.forEach((color, at) => {
    properties[`--neutral-${at + 1}`] = toCss(color)
  })
  for (const [name, color] of Object.entries(palette.meaning)) properties[`--${name}`] = toCss(color)
  return properties
}

function createRamp(scheme: 'light' | 'dark', { hue, tint, shade = 0 }: Grayscale): Oklch[] {
  const chroma = Math.min(9, Math.max(0, tint)) * 0.0032
  return LIGHTNESS[scheme].map((lightness, at) => {
    const isGround = at < 7 // the shade moves the grounds, the text keeps its contrast
    const l = isGround ? lightness - shade * (scheme === 'dark' ? 0.008 : 0.009) : lightness
    const room = Math.min(1, (1 - l) * 12) // near white there is no room for colour
    return { l: Math.min(1, l), c: chroma * (isGround ? room : 1), h: hue }
  })
}

/** A host's own surfaces, with every other ground as far from the page as before, in the page's own hue. */
function onSurface(ramp: Oklch[], { background, foreground }: NonNullable<PaletteOptions['surface']>): Oklch[] {
  const moved = background.l - step(ramp, 1).l
  const grounds = ramp.slice(0, 7).map(({ l }) => ({ ...background, l: Math.min(1, Math.max(0, l + moved)) }))
  return [background, foreground, foreground, ...grounds.slice(3), ...ramp.slice(7)]
}

/** Moves the text and control steps where a host's own grounds ask for it. */
function keepReadable(neutral: Oklch[]): Oklch[] {
  const ratios: Record<number, number> = { 8: 3, 9: 3, 10: 4.5, 11: 4.5, 12: 7 }
  const grounds = [1, 2, 3, 4].map((number) => step(neutral, number))
  return neutral.map((color, at) => {
    const ratio = ratios[at + 1]
    return ratio ? grounds.reduce((moved, ground) => withContrast(moved, ground, ratio), color) : color
  })
}

function step(neutral: Oklch[], number: number): Oklch {
  return neutral[number - 1] ?? { l: 0.5, c: 0, h: 0 }
}
