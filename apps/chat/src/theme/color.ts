/** A colour as OKLCH: perceived lightness 0–1, chroma 0–0.4, hue in degrees. Source: CSS Color 4, section 9. */
export interface Oklch {
  l: number
  c: number
  h: number
}

/** sRGB, each channel 0–1. */
export type Rgb = readonly [red: number, green: number, blue: number]

export function toCss({ l, c, h }: Oklch): string {
  return `oklch(${round(l)} ${round(c)} ${round(h)})`
}

/** Contrast ratio of two colours, 1–21. Source: WCAG 2.2, "contrast ratio". */
export function contrast(one: Oklch, other: Oklch): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** The same hue, moved away from the background just far enough to reach the ratio. */
export function withContrast(color: Oklch, background: Oklch, ratio: number): Oklch {
  const step = luminance(background) > 0.18 ? -0.01 : 0.01
  let moved = color
  while (contrast(moved, background) < ratio && moved.l > 0 && moved.l < 1) {
    moved = { ...moved, l: Math.min(1, Math.max(0, moved.l + step)) }
  }
  return moved
}

/** Black or white, whichever reads better on the colour. */
export function readableOn(color: Oklch): Oklch {
  const white = { l: 1, c: 0, h: 0 }
  const black = { l: 0.16, c: 0, h: 0 }
  return contrast(white, color) >= 4.5 || contrast(white, color) >= contrast(black, color) ? white : black
}

export function toOklch([red, green, blue]: Rgb): Oklch {
  const [r, g, b] = [toLinear(red), toLinear(green), toLinear(blue)]
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const l = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
  const bee = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
  return { l, c: Math.hypot(a, bee), h: ((Math.atan2(bee, a) * 180) / Math.PI + 360) % 360 }
}

function luminance(color: Oklch): number {
  const [r, g, b] = toLinearRgb(color)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function toLinearRgb({ l, c, h }: Oklch): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    clamp(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    clamp(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    clamp(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ]
}

const toLinear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
const clamp = (value: number) => Math.min(1, Math.max(0, value))
const round = (value: number) => Math.round(value * 10000) / 10000
