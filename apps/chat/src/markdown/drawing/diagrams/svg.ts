const NAMESPACE = 'http://www.w3.org/2000/svg'

/** A label cut into lines, and the room they take. */
export interface Label {
  lines: string[]
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

export const LINE = 19
const MAX_WIDTH = 190

/** What a diagram is drawn with: elements, and the size of words in the font of the text around it. */
export interface Canvas {
  name: string
  make(tag: string, attributes?: Record<string, string | number>, text?: string): SVGElement
  measure(text: string): Label
}

export function createCanvas(near: Element, name: string): Canvas {
  const { ownerDocument: document } = near
  const context = document.createElement('canvas').getContext('2d')
  const family = getComputedStyle(near.closest('.markdown') ?? near).fontFamily
  if (context) context.font = `14px ${family}`
  const widthOf = (text: string) => context?.measureText(text).width ?? text.length * 8
  return {
    name,
    make(tag, attributes = {}, text) {
      const element = document.createElementNS(NAMESPACE, tag) as SVGElement // the namespace's own
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
      if (text !== undefined) element.textContent = text
      return element
    },
    measure(text) {
      const lines = text === '' ? [] : text.split('\n').flatMap((line) => wrap(line, widthOf))
      return { lines, width: Math.ceil(Math.max(0, ...lines.map(widthOf))), height: lines.length * LINE }
    },
  }
}

/** Breaks a line between words where it grows too wide. */
function wrap(line: string, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/\s+/)) {
    const longer = current === '' ? word : `${current} ${word}`
    if (current !== '' && widthOf(longer) > MAX_WIDTH) {
      lines.push(current)
      current = word
    } else current = longer
  }
  return [...lines, current]
}

/** The lines of a label around a centre. */
export function drawLabel({ make }: Canvas, { lines, height }: Label, { x, y }: Point, anchor = 'middle'): SVGElement {
  const text = make('text', { 'text-anchor': anchor })
  for (const [at, line] of lines.entries())
    text.append(make('tspan', { x: round(x), y: round(y - height / 2 + LINE * (at + 0.5) + 4.9) }, line))
  return text
}

/** A triangle that ends at a point, coming from another. */
export function drawHead({ make }: Canvas, from: Point, to: Point): SVGElement {
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  const corner = (turn: number) => {
    const direction = angle + Math.PI + turn
    return `${round(to.x + 9 * Math.cos(direction))} ${round(to.y + 9 * Math.sin(direction))}`
  }
  return make('path', { class: 'dg-head', d: `M${round(to.x)} ${round(to.y)}L${corner(0.42)}L${corner(-0.42)}Z` })
}

/** The finished picture; its words for those who do not see it. */
export function finish(
  { make, name }: Canvas,
  parts: SVGElement[],
  size: { width: number; height: number; words: string },
) {
  const { width, height, words } = size
  const svg = make('svg', {
    viewBox: `0 0 ${round(width)} ${round(height)}`,
    width: round(width),
    height: round(height),
    role: 'img',
    'aria-label': `${name}: ${words}`,
  }) as SVGSVGElement // the tag's own
  // Somewhat too wide it shrinks, far too wide it scrolls.
  svg.style.setProperty('min-width', `${Math.round(width * 0.72)}px`)
  svg.append(...parts)
  return svg
}

export const round = (value: number): number => Math.round(value * 10) / 10
