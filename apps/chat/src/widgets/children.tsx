import { useWidgetActions, type WidgetProps } from './widget-context.js'

/** The children of a node, whether one, many or none. */
export function Children({ of: { children } }: { of: WidgetProps }) {
  const { Node } = useWidgetActions()
  const nodes = (Array.isArray(children) ? children : [children]).filter(isNode)
  return (
    <>
      {nodes.map((node, at) => (
        <Node key={String(node.key ?? node.id ?? at)} node={node} />
      ))}
    </>
  )
}

function isNode(value: unknown): value is WidgetProps {
  return typeof value === 'object' && value !== null
}
