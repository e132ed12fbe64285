import { type ComponentType, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { isRecord, type WidgetProps } from './values/read.js'

/** Draws any node; containers get it from here, since they stand in the table it looks into. */
export const NodeContext = createContext<ComponentType<{ node: object }> | null>(null)

/** More than any list a person would scroll through; the rest is not drawn. */
const MOST_CHILDREN = 1000

/** The nodes among a component's children, whether one, many or none. */
export function childNodes({ children }: WidgetProps): WidgetProps[] {
  return (Array.isArray(children) ? children : [children]).slice(0, MOST_CHILDREN).filter(isRecord)
}

/** The children of a node. They keep their state across updates by `key`, else by `id`, else by a field's `name`, else by their place. */
export function Children({ of }: { of: WidgetProps | WidgetProps[] }) {
  const Node = useContext(NodeContext)
  if (!Node) return null
  const seen = new Set<string>()
  const nodes = Array.isArray(of) ? of : childNodes(of)
  return (
    <>
      {nodes.map((node, at) => {
        const name = keyOf(node, at)
        const key = seen.has(name) ? `${name} ${at}` : name
        seen.add(key)
        return <Node key={key} node={node} />
      })}
    </>
  )
}

export function keyOf(node: WidgetProps, at: number): string {
  const name = node.key ?? node.id ?? node.name
  return typeof name === 'string' || typeof name === 'number' ? `${node.type} ${name}` : `${node.type} at ${at}`
}
