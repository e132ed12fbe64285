import { type Graph, type GraphNode, readLabel } from './graph.js'

const HEAD = /^stateDiagram(?:-v2)?$/
const TRANSITION = /^(\[\*\]|[\p{L}\p{N}_]+)\s*-->\s*(\[\*\]|[\p{L}\p{N}_]+)\s*(?::\s*(.*))?$/u
const DESCRIPTION = /^([\p{L}\p{N}_]+)\s*:\s*(.+)$/u
const ALIAS = /^state\s+"(.+)"\s+as\s+([\p{L}\p{N}_]+)$/u
const PLAIN = /^(?:state\s+)?([\p{L}\p{N}_]+)$/u
const GROUP = /^state\s+([\p{L}\p{N}_]+)\s*\{$/u
const IGNORED = /^(?:style|classDef|class|accTitle|accDescr|hide)\b/

/** The state diagram these lines describe; null when they are none, or say something we cannot draw. */
export function parseStates(lines: string[]): Graph | null {
  if (!HEAD.test(lines[0] ?? '')) return null
  const graph: Graph = { direction: 'TB', nodes: new Map(), edges: [], groups: new Map() }
  const open: string[] = []
  const note = (id: string, more: Partial<GraphNode> = {}) => {
    const known = graph.nodes.get(id) ?? { label: id, shape: 'round' as const, group: open.at(-1) ?? null }
    graph.nodes.set(id, { ...known, ...more })
  }
  /** Start and end are points; each group has its own. */
  const point = (id: string, end: 'start' | 'end') => {
    if (id !== '[*]') {
      note(id)
      return id
    }
    const name = `${end} of ${open.at(-1) ?? 'all'}`
    note(name, { label: '', shape: 'point' })
    return name
  }
  for (const line of lines.slice(1)) {
    const direction = /^direction\s+(TB|BT|LR|RL)$/.exec(line)?.[1]
    const transition = TRANSITION.exec(line)
    const alias = ALIAS.exec(line)
    const group = GROUP.exec(line)?.[1]
    const described = DESCRIPTION.exec(line)
    const plain = PLAIN.exec(line)?.[1]
    if (direction) {
      if (open.length === 0) graph.direction = direction as Graph['direction'] // one of the four, as matched
    } else if (IGNORED.test(line)) continue
    else if (transition) {
      const from = point(transition[1] ?? '', 'start')
      const to = point(transition[2] ?? '', 'end')
      const label = readLabel(transition[3] ?? '')
      graph.edges.push({ from, to, label, line: 'solid', hasHead: true, hasTail: false })
    } else if (alias) note(alias[2] ?? '', { label: readLabel(alias[1] ?? '') })
    else if (group) {
      graph.groups.set(group, { title: group, parent: open.at(-1) ?? null })
      open.push(group)
    } else if (line === '}') open.pop()
    else if (described) note(described[1] ?? '', { label: readLabel(described[2] ?? '') })
    else if (plain) note(plain)
    else return null
  }
  const namesGroup = [...graph.groups.keys()].some((id) => graph.nodes.has(id))
  return graph.nodes.size === 0 || namesGroup ? null : graph
}
