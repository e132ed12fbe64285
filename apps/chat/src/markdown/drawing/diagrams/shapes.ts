import type { Shape } from './graph.js'
import { type Canvas, type Label, type Point, round } from './svg.js'

/** A place around its centre. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The room a label needs inside of a shape. */
export function sizeOf(shape: Shape, { width, height }: Label): { width: number; height: number } {
  const flat = { width: Math.max(width + 28, 48), height: Math.max(height + 18, 38) }
  if (shape === 'point') return { width: 16, height: 16 }
  if (shape === 'diamond') return { width: flat.width * 1.35 + 10, height: flat.height * 1.5 }
  if (shape === 'circle') return square(Math.hypot(width, height) + 18)
  if (shape === 'hexagon' || shape === 'slanted') return { width: flat.width + 28, height: flat.height }
  if (shape === 'cylinder') return { width: flat.width, height: flat.height + 18 }
  return flat
}

const square = (side: number) => ({ width: side, height: side })

export function drawShape({ make }: Canvas, shape: Shape, { x, y, width, height }: Box): SVGElement {
  const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2].map(round)
  const polygon = (...points: (number | undefined)[][]) =>
    make('polygon', { class: 'dg-node', points: points.map((point) => point.join(',')).join(' ') })
  const rect = (rx: number) =>
    make('rect', { class: 'dg-node', x: left ?? 0, y: top ?? 0, width: round(width), height: round(height), rx })
  switch (shape) {
    case 'point':
      return make('circle', { class: 'dg-point', cx: round(x), cy: round(y), r: 7 })
    case 'circle':
      return make('circle', { class: 'dg-node', cx: round(x), cy: round(y), r: round(width / 2) })
    case 'diamond':
      return polygon([round(x), top], [right, round(y)], [round(x), bottom], [left, round(y)])
    case 'hexagon': {
      const [inner, outer] = [round(x - width / 2 + 14), round(x + width / 2 - 14)]
      return polygon([inner, top], [outer, top], [right, round(y)], [outer, bottom], [inner, bottom], [left, round(y)])
    }
    case 'slanted':
      return polygon(
        [round(x - width / 2 + 14), top],
        [right, top],
        [round(x + width / 2 - 14), bottom],
        [left, bottom],
      )
    case 'cylinder': {
      const [w, h] = [round(width / 2), round(height - 14)]
      const lid = `M${left} ${round(y - height / 2 + 7)}a${w} 7 0 0 1 ${w * 2} 0a${w} 7 0 0 1 ${-w * 2} 0`
      return make('path', { class: 'dg-node', d: `${lid}v${h}a${w} 7 0 0 0 ${w * 2} 0v${-h}` })
    }
    case 'stadium':
      return rect(round(height / 2))
    case 'round':
      return rect(12)
    case 'rect':
      return rect(5)
  }
}

/** Where an arrow that ends at a point of the box around a shape touches the shape itself. */
export function touch(shape: Shape, { x, y, width, height }: Box, point: Point): Point {
  const [right, down] = [point.x - x, point.y - y]
  const reach =
    shape === 'diamond'
      ? 1 / (Math.abs(right) / (width / 2) + Math.abs(down) / (height / 2))
      : shape === 'circle' || shape === 'point'
        ? width / 2 / Math.hypot(right, down)
        : 1
  return { x: x + right * reach, y: y + down * reach }
}
