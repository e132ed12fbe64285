import type { Sequence, Step } from './parse-sequence.js'
import { type Canvas, drawHead, drawLabel, finish, type Label, LINE, round } from './svg.js'

const MARGIN = 12
const GAP = 14
const BOX = 38

/** Where the next step begins, and what is drawn so far. */
interface Page {
  canvas: Canvas
  xOf: Map<string, number>
  y: number
  /** Depth of open frames, with the height each began at and its title. */
  frames: { top: number; title: string }[]
  grounds: SVGElement[]
  parts: SVGElement[]
  right: number
}

/** Draws people side by side, and what they say to each other below. */
export function drawSequence({ people, steps }: Sequence, canvas: Canvas): SVGSVGElement {
  const labels = new Map([...people].map(([id, name]) => [id, canvas.measure(name)]))
  const xOf = placePeople([...people.keys()], labels, steps, canvas)
  const last = [...people.keys()].at(-1) ?? ''
  const right = (xOf.get(last) ?? 0) + (labels.get(last)?.width ?? 0) / 2 + 14
  const page: Page = { canvas, xOf, y: MARGIN + BOX + GAP * 1.5, frames: [], grounds: [], parts: [], right }
  for (const step of steps) drawStep(page, step)

  const height = page.y + MARGIN
  const lines = [...people].flatMap(([id]) => {
    const x = round(xOf.get(id) ?? 0)
    const { width = 0 } = labels.get(id) ?? {}
    const box = { class: 'dg-node', x: round(x - width / 2 - 14), y: MARGIN, width: width + 28, height: BOX, rx: 8 }
    return [
      canvas.make('path', { class: 'dg-life', d: `M${x} ${MARGIN + BOX}V${round(height - MARGIN)}` }),
      canvas.make('rect', box),
      drawLabel(canvas, labels.get(id) ?? canvas.measure(''), { x, y: MARGIN + BOX / 2 }),
    ]
  })
  const words = steps.flatMap((step) => wordsOf(step, people)).join('; ')
  return finish(canvas, [...page.grounds, ...lines, ...page.parts], { width: page.right + MARGIN, height, words })
}

/** Neighbours stand as far apart as their names and what they say to each other need. */
function placePeople(
  ids: string[],
  labels: Map<string, Label>,
  steps: Step[],
  { measure }: Canvas,
): Map<string, number> {
  const xOf = new Map<string, number>()
  let x = MARGIN + 14 + (labels.get(ids[0] ?? '')?.width ?? 0) / 2
  for (const [at, id] of ids.entries()) {
    const before = ids[at - 1]
    if (before !== undefined) {
      const names = ((labels.get(before)?.width ?? 0) + (labels.get(id)?.width ?? 0)) / 2 + 28 + 24
      const said = steps.map((step) => {
        if (step.kind !== 'message') return 0
        const isBetween = [step.from, step.to].sort().join() === [before, id].sort().join()
        const isSelf = step.from === step.to && step.from === before
        return isBetween || isSelf ? measure(step.text).width + 36 : 0
      })
      x += Math.max(names, ...said)
    }
    xOf.set(id, x)
  }
  return xOf
}

function drawStep(page: Page, step: Step): void {
  if (step.kind === 'message') drawMessage(page, step)
  else if (step.kind === 'note') drawNote(page, step)
  else if (step.kind === 'open') {
    page.frames.push({ top: page.y, title: step.text })
    page.y += LINE + GAP
  } else if (step.kind === 'close') closeFrame(page)
  else {
    const inset = MARGIN + page.frames.length * 5
    page.parts.push(
      page.canvas.make('path', { class: 'dg-life', d: `M${inset} ${page.y}H${round(page.right - inset + MARGIN)}` }),
    )
    const label = page.canvas.measure(step.text)
    page.parts.push(drawLabel(page.canvas, label, { x: inset + 10, y: page.y + LINE / 2 + 4 }, 'start'))
    page.y += LINE + GAP
  }
}

function drawMessage(page: Page, { from, to, text, isDashed, hasHead }: Extract<Step, { kind: 'message' }>): void {
  const { canvas, xOf, parts } = page
  const label = canvas.measure(text)
  const [x1, x2] = [round(xOf.get(from) ?? 0), round(xOf.get(to) ?? 0)]
  const isSelf = from === to
  const style = `dg-line ${isDashed ? 'dg-dotted' : 'dg-solid'}`
  page.y += label.height
  const y = round(page.y + 4)
  if (isSelf) {
    parts.push(drawLabel(canvas, label, { x: x1 + 8, y: y - label.height / 2 - 3 }, 'start'))
    parts.push(canvas.make('path', { class: style, d: `M${x1} ${y}h26v16H${x1}` }))
    if (hasHead) parts.push(drawHead(canvas, { x: x1 + 26, y: y + 16 }, { x: x1, y: y + 16 }))
    page.right = Math.max(page.right, x1 + 8 + label.width)
  } else {
    parts.push(drawLabel(canvas, label, { x: (x1 + x2) / 2, y: y - label.height / 2 - 3 }))
    parts.push(canvas.make('path', { class: style, d: `M${x1} ${y}H${x2}` }))
    if (hasHead) parts.push(drawHead(canvas, { x: x1, y }, { x: x2, y }))
  }
  page.y = y + (isSelf ? 16 : 0) + GAP
}

function drawNote(page: Page, { over, side, text }: Extract<Step, { kind: 'note' }>): void {
  const { canvas, xOf } = page
  const label = canvas.measure(text)
  const places = over.map((id) => xOf.get(id) ?? 0)
  const [low, high] = [Math.min(...places), Math.max(...places)]
  const width = Math.max(label.width + 24, high - low + 24)
  const shift = side === 'over' ? 0 : (side === 'left' ? -1 : 1) * (width / 2 + 10)
  const x = Math.max(MARGIN + width / 2, (low + high) / 2 + shift)
  const height = label.height + 14
  const box = { class: 'dg-note', x: round(x - width / 2), y: round(page.y), width: round(width), height, rx: 5 }
  page.parts.push(canvas.make('rect', box), drawLabel(canvas, label, { x, y: page.y + height / 2 }))
  page.right = Math.max(page.right, x + width / 2)
  page.y += height + GAP
}

function closeFrame(page: Page): void {
  const frame = page.frames.pop()
  if (!frame) return
  const { canvas } = page
  const inset = MARGIN / 2 + page.frames.length * 5
  const width = page.right + MARGIN - 2 * inset
  const box = {
    class: 'dg-group',
    x: inset,
    y: round(frame.top),
    width: round(width),
    height: round(page.y - frame.top),
    rx: 8,
  }
  page.grounds.push(canvas.make('rect', box))
  page.parts.push(
    drawLabel(canvas, canvas.measure(frame.title), { x: inset + 10, y: frame.top + LINE / 2 + 5 }, 'start'),
  )
  page.y += GAP
}

function wordsOf(step: Step, people: Map<string, string>): string[] {
  if (step.kind === 'message') return [`${people.get(step.from)} → ${people.get(step.to)}: ${step.text}`]
  return step.kind === 'close' || step.text === '' ? [] : [step.text]
}
