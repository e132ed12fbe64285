import type { Rgb } from './color.js'

/** Reads any CSS colour the browser knows by painting one pixel with it; `null` when it is not a colour by itself. */
export function parseColor(css: string): Rgb | null {
  if (!CSS.supports('color', css) || /\b(?:var|env|attr|url)\(/i.test(css)) return null
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
