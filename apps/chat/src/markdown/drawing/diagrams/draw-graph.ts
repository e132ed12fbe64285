import { graphlib, layout } from '@dagrejs/dagre'
import type { Graph, GraphEdge } from './graph.js'
import { type Box, drawShape, sizeOf, touch } from './shapes.js'
import { type Canvas, drawHead, drawLabel, finish, LINE, type Point, round } from './svg.js'

const MARGIN = 12
/** What a group's title takes of the room above its boxes. */
const TITLE = 20

/** Lays boxes and arrows out and draws them. */
export function drawGraph(graph: Graph, canvas: Canvas): SVGSVGElement {
  const plan = layOut(graph, canvas)
  const { width = 0, height = 0 } = plan.graph()
  const groups = [...graph.groups].flatMap(([id, { title }]) => {
    const { x, y, width: w, height: h } = boxOf(plan.node(id))
    const top = y - h / 2 - TITLE
    const place = { x: round(x - w / 2), y: round(top), width: round(w), height: round(h + TITLE), rx: 10 }
    return [
      canvas.make('rect', { class: 'dg-group', ...place }),
      drawLabel(canvas, canvas.measure(title), { x, y: top + TITLE / 2 + 4 }),
    ]
  })
  const nodes = [...graph.nodes].flatMap(([id, { shape, label }]) => {
    const box = boxOf(plan.node(id))
    return [drawShape(canvas, shape, box), drawLabel(canvas, canvas.measure(label), box)]
  })
  const edges = graph.edges.flatMap((edge, at) => {
    const { points, x = 0, y = 0 } = plan.edge(edge.from, edge.to, String(at)) as Route // as laid out
    const ends = [edge.from, edge.to].map((id, end) => {
      const point = points.at(-end) ?? { x: 0, y: 0 }
      return touch(graph.nodes.get(id)?.shape ?? 'rect', boxOf(plan.node(id)), point)
    })
    return drawEdge(canvas, edge, [...ends.slice(0, 1), ...points.slice(1, -1), ...ends.slice(1)], { x, y })
  })
  return finish(canvas, [...groups, ...edges, ...nodes], { width, height, words: wordsOf(graph) })
}

interface Route {
  points: Point[]
  /** Centre of the label. */
  x?: number
  y?: number
}

const boxOf = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box => ({ x, y, width, height })

function layOut({ direction, nodes, edges, groups }: Graph, { measure }: Canvas) {
  const plan = new graphlib.Graph({ multigraph: true, compound: true })
  plan.setGraph({
    rankdir: direction,
    nodesep: 34,
    ranksep: 44,
    edgesep: 18,
    marginx: MARGIN,
    marginy: groups.size > 0 ? MARGIN + TITLE : MARGIN,
  })
  for (const [id, { title }] of groups) plan.setNode(id, { width: measure(title).width + 24, height: LINE })
  for (const [id, { label, shape }] of nodes) plan.setNode(id, sizeOf(shape, measure(label)))
  for (const [id, { parent }] of groups) if (parent) plan.setParent(id, parent)
  for (const [id, { group }] of nodes) if (group) plan.setParent(id, group)
  for (const [at, { from, to, label }] of edges.entries()) {
    const { width, height } = measure(label)
    plan.setEdge(from, to, { width: width && width + 12, height, labelpos: 'c' }, String(at))
  }
  layout(plan)
  return plan
}

function drawEdge(canvas: Canvas, edge: GraphEdge, points: Point[], middle: Point): SVGElement[] {
  const [first, second] = points
  const [before, last] = points.slice(-2)
  if (edge.line === 'unseen' || !first || !second || !before || !last) return []
  const parts = [canvas.make('path', { class: `dg-line dg-${edge.line}`, d: curveThrough(points) })]
  if (edge.hasHead) parts.push(drawHead(canvas, before, last))
  if (edge.hasTail) parts.push(drawHead(canvas, second, first))
  if (edge.label === '') return parts
  const label = canvas.measure(edge.label)
  const { x, y } = { x: middle.x - label.width / 2 - 4, y: middle.y - label.height / 2 }
  const ground = { class: 'dg-ground', x: round(x), y: round(y), width: label.width + 8, height: label.height, rx: 4 }
  return [...parts, canvas.make('rect', ground), drawLabel(canvas, label, middle)]
}

/** A line that rounds its corners. */
function curveThrough(points: Point[]): string {
  const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`
  const middle = (one: Point, other: Point) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 })
  let path = ''
  for (const [index, point] of points.entries()) {
    const next = points[index + 1]
    if (index === 0) path += `M${at(point)}`
    else if (!next) path += `L${at(point)}`
    else path += `Q${at(point)} ${at(middle(point, next))}`
  }
  return path
}

/** "Start → Ready? (yes)": each arrow once. */
function wordsOf({ nodes, edges }: Graph): string {
  const nameOf = (id: string) => (nodes.get(id)?.label || '•').replaceAll('\n', ' ')
  const words = edges.map(({ from, to, label }) => `${nameOf(from)} → ${nameOf(to)}${label && ` (${label})`}`)
  return words.length > 0 ? words.join('; ') : [...nodes.keys()].map(nameOf).join('; ')
}
