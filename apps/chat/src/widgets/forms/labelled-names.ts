import { isRecord } from '../values/read.js'

const MOST_LEVELS = 64

/** Names of the fields that have a Label somewhere in the widget; the others are named by their placeholder or name. */
export function labelledNames(root: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: unknown, level: number): void => {
    if (!isRecord(node) || level > MOST_LEVELS) return
    if (node.type === 'Label' && typeof node.fieldName === 'string') names.add(node.fieldName)
    const { children } = node
    for (const child of Array.isArray(children) ? children : [children]) visit(child, level + 1)
  }
  visit(root, 0)
  return names
}
