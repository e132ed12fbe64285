/** Changes in a widget tree by component id. Trees are data of any shape: unknown components and props pass through. */

type Node = Record<string, unknown>

/** Appends streamed text to the component's `value`; `done` ends its streaming look. */
export function appendToComponent<Tree extends object>(tree: Tree, id: string, delta: string, done: boolean): Tree {
  return changeById(tree, id, (node) => ({
    ...node,
    value: `${typeof node.value === 'string' ? node.value : ''}${delta}`,
    streaming: !done,
  }))
}

/** Swaps the component whose id matches. */
export function replaceComponent<Tree extends object>(tree: Tree, id: string, component: object): Tree {
  return changeById(tree, id, () => ({ ...component }))
}

function changeById<Tree extends object>(tree: Tree, id: string, change: (node: Node) => Node): Tree {
  return visit(tree as Node, id, change) as Tree // the same tree with one node exchanged
}

function visit(node: Node, id: string, change: (node: Node) => Node): Node {
  if (node.id === id) return change(node)
  const { children } = node
  if (Array.isArray(children)) {
    const changed = children.map((child) => (isNode(child) ? visit(child, id, change) : child))
    return changed.some((child, at) => child !== children[at]) ? { ...node, children: changed } : node
  }
  if (!isNode(children)) return node
  const changed = visit(children, id, change)
  return changed === children ? node : { ...node, children: changed }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}
