/** Diagrams written in Mermaid's language. Loaded with the first one. */
import '../../styles/diagram.css'
import { drawGraph } from './diagrams/draw-graph.js'
import { drawSequence } from './diagrams/draw-sequence.js'
import { parseFlowchart } from './diagrams/parse-flowchart.js'
import { parseSequence } from './diagrams/parse-sequence.js'
import { parseStates } from './diagrams/parse-states.js'
import { createCanvas } from './diagrams/svg.js'

/** Words on the buttons and for screen readers. */
export interface DiagramText {
  diagram: string
  code: string
}

/**
 * Draws the diagram of a complete code block above its code, with a button between the two. Flowcharts, state and
 * sequence diagrams are drawn; any other kind, and what does not parse, stays the code it is.
 */
export function drawDiagram(code: HTMLElement, text: DiagramText): void {
  const pre = code.parentElement
  const caption = pre?.previousElementSibling
  const drawing = pre && draw(code.textContent ?? '', pre, text)
  if (!drawing || !caption) return

  const area = code.ownerDocument.createElement('div')
  area.className = 'md-diagram'
  area.tabIndex = 0 // a large one scrolls; the keyboard must be able to scroll it too
  area.append(drawing)
  const button = code.ownerDocument.createElement('button')
  button.type = 'button'
  button.className = 'md-copy md-diagram-toggle'
  const show = (isDrawing: boolean) => {
    pre.hidden = isDrawing
    area.hidden = !isDrawing
    button.textContent = isDrawing ? text.code : text.diagram
  }
  button.addEventListener('click', () => show(area.hidden !== false))
  show(true)
  pre.before(area)
  caption.lastElementChild?.before(button)
}

function draw(source: string, near: Element, text: DiagramText): SVGSVGElement | null {
  const lines = statements(source)
  const canvas = createCanvas(near, text.diagram)
  const graph = parseFlowchart(lines) ?? parseStates(lines)
  if (graph) return drawGraph(graph, canvas)
  const sequence = parseSequence(lines)
  return sequence && drawSequence(sequence, canvas)
}

/** Lines that say something: comments, settings and front matter say nothing to a reader. */
function statements(source: string): string[] {
  return source
    .replace(/^\s*---\n.*?\n---\n/s, '')
    .replace(/%%\{.*?\}%%/gs, '')
    .split('\n')
    .map((line) => line.replace(/^\s*%%.*$/, '').trim())
    .filter(Boolean)
}
