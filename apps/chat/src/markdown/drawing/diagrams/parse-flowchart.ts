import { type Graph, readLabel, type Shape } from './graph.js'
import { type Link, parseLink } from './parse-link.js'

const HEAD = /^(?:graph|flowchart)(?:\s+(TB|TD|BT|LR|RL))?\s*;?$/
/** Only looks and behaviour of other programs: nothing to read. */
const IGNORED = /^(?:style|classDef|class|linkStyle|click|direction|accTitle|accDescr)\b/
const ID = /^[\p{L}\p{N}_]+(?:[-.][\p{L}\p{N}_]+)*/u
const SUBGRAPH = /^subgraph\s+(?:([\p{L}\p{N}_-]+)\s*\[(.+)\]|(.+))$/u

/** Longer delimiters first: `((` before `(`. */
const SHAPES: [open: string, close: string, shape: Shape][] = [
  ['(((', ')))', 'circle'],
  ['((', '))', 'circle'],
  ['([', '])', 'stadium'],
  ['[[', ']]', 'rect'],
  ['[(', ')]', 'cylinder'],
  ['[/', '/]', 'slanted'],
  ['[\\', '\\]', 'slanted'],
  ['{{', '}}', 'hexagon'],
  ['[', ']', 'rect'],
  ['(', ')', 'round'],
  ['{', '}', 'diamond'],
  ['>', ']', 'rect'],
]

/** The flowchart these lines describe; null when they are none, or say something we cannot draw. */
export function parseFlowchart(lines: string[]): Graph | null {
  const head = HEAD.exec(lines[0] ?? '')
  if (!head) return null
  const direction = head[1] === undefined || head[1] === 'TD' ? 'TB' : (head[1] as Graph['direction'])
  const graph: Graph = { direction, nodes: new Map(), edges: [], groups: new Map() }
  const open: string[] = []
  for (const statement of lines.slice(1).flatMap(splitStatements)) {
    if (IGNORED.test(statement)) continue
    const subgraph = SUBGRAPH.exec(statement)
    if (subgraph) {
      const id = subgraph[1] ?? subgraph[3]?.trim() ?? ''
      graph.groups.set(id, { title: readLabel(subgraph[2] ?? subgraph[3] ?? ''), parent: open.at(-1) ?? null })
      open.push(id)
    } else if (statement === 'end') open.pop()
    else if (!parseChain(statement, graph, open.at(-1) ?? null)) return null
  }
  const namesGroup = graph.edges.some(({ from, to }) => graph.groups.has(from) || graph.groups.has(to))
  return graph.nodes.size === 0 || namesGroup ? null : graph
}

/** `;` ends a statement, outside of quotes. */
function splitStatements(line: string): string[] {
  return (line.match(/(?:"[^"]*"|[^;"])+/g) ?? []).map((part) => part.trim()).filter(Boolean)
}

/** `A & B -->|yes| C --> D`: nodes, and links between each group of them and the next. */
function parseChain(statement: string, graph: Graph, group: string | null): boolean {
  let rest = statement
  let before: { ids: string[]; link: Link } | null = null
  for (;;) {
    const nodes = parseNodes(rest, graph, group)
    if (!nodes) return false
    for (const from of before?.ids ?? []) {
      for (const to of nodes.ids) if (before) graph.edges.push({ from, to, ...before.link })
    }
    if (nodes.rest === '') return true
    const next = parseLink(nodes.rest)
    if (!next) return false
    before = { ids: nodes.ids, link: next.link }
    rest = next.rest.trim()
  }
}

/** `A[One] & B`: notes the nodes and answers their ids. */
function parseNodes(text: string, graph: Graph, group: string | null): { ids: string[]; rest: string } | null {
  const ids: string[] = []
  let rest = text
  for (;;) {
    const id = ID.exec(rest)?.[0]
    if (id === undefined) return null
    rest = rest.slice(id.length)
    const body = parseBody(rest)
    if (!body) return null
    noteNode(graph, id, body, group)
    ids.push(id)
    rest = body.rest.replace(/^:::[\w-]+/, '').trimStart()
    if (!rest.startsWith('&')) return { ids, rest }
    rest = rest.slice(1).trimStart()
  }
}

interface Body {
  label: string | null
  shape: Shape
  rest: string
}

/** What stands behind an id: its shape around its label, or nothing. Null where the shape does not close. */
function parseBody(text: string): Body | null {
  const known = SHAPES.find(([open]) => text.startsWith(open))
  if (text.startsWith('@{')) return null
  if (!known) return { label: null, shape: 'rect', rest: text }
  const [open, close, shape] = known
  const isQuoted = text.startsWith('"', open.length)
  const from = isQuoted ? text.indexOf('"', open.length + 1) : open.length
  const end = from < 0 ? -1 : text.indexOf(close, from)
  if (end < 0) return null
  return { label: readLabel(text.slice(open.length, end)), shape, rest: text.slice(end + close.length) }
}

/** The first group it is mentioned in holds a node; its label may come with any mention. */
function noteNode({ nodes }: Graph, id: string, { label, shape }: Body, group: string | null): void {
  const known = nodes.get(id)
  const shown = label === null ? (known ?? { label: id, shape }) : { label, shape }
  nodes.set(id, { label: shown.label, shape: shown.shape, group: known?.group ?? group })
}
