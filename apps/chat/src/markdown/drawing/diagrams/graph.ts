/** Boxes and arrows: what a flowchart and a state diagram have in common. */
export interface Graph {
  direction: 'TB' | 'BT' | 'LR' | 'RL'
  nodes: Map<string, GraphNode>
  edges: GraphEdge[]
  groups: Map<string, GraphGroup>
}

export type Shape = 'rect' | 'round' | 'stadium' | 'circle' | 'diamond' | 'hexagon' | 'cylinder' | 'slanted' | 'point'

export interface GraphNode {
  label: string
  shape: Shape
  group: string | null
}

export interface GraphEdge {
  from: string
  to: string
  label: string
  line: 'solid' | 'dotted' | 'thick' | 'unseen'
  hasHead: boolean
  hasTail: boolean
}

export interface GraphGroup {
  title: string
  parent: string | null
}

/** What a label shows: quotes and Markdown marks taken off, `<br>` as a new line. Other tags stay text. */
export function readLabel(text: string): string {
  return text
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .replace(/^`(.*)`$/s, '$1')
    .replace(/<br\s*\/?>|\\n/gi, '\n')
    .replace(/#quot;/g, '"')
    .trim()
}
