import type { ComponentType } from 'preact'
import { Box, Divider, Spacer } from './boxes.js'
import { ButtonWidget } from './button.js'
import { Basic, Card, ListView, ListViewItem } from './roots.js'
import { Badge, Caption, MarkdownWidget, TextWidget, Title } from './texts.js'

/** A node of a widget tree: data from the server, any prop may be missing or of another shape. */
export type WidgetProps = Record<string, unknown>

/** Every component that can be drawn. One that is not here draws nothing but its children. */
const COMPONENTS: Record<string, ComponentType<{ props: WidgetProps }>> = {
  Card,
  ListView,
  ListViewItem,
  Basic,
  Box,
  Row: Box,
  Col: Box,
  Form: Box,
  Spacer,
  Divider,
  Text: TextWidget,
  Title,
  Caption,
  Markdown: MarkdownWidget,
  Badge,
  Button: ButtonWidget,
}

export function WidgetNode({ node }: { node: object }) {
  const props = node as WidgetProps // untrusted: each component checks what it reads
  const Component = COMPONENTS[String(props.type)]
  return Component ? <Component props={props} /> : <Children of={props} />
}

/** The children of a node, whether one, many or none. */
export function Children({ of: { children } }: { of: WidgetProps }) {
  const nodes = (Array.isArray(children) ? children : [children]).filter(isNode)
  return (
    <>
      {nodes.map((node, at) => (
        <WidgetNode key={String(node.key ?? node.id ?? at)} node={node} />
      ))}
    </>
  )
}

function isNode(value: unknown): value is WidgetProps {
  return typeof value === 'object' && value !== null
}
