import type { ComponentType } from 'preact'
import { Box, Divider, Spacer } from './boxes.js'
import { ButtonWidget } from './button.js'
import { Children } from './children.js'
import { Basic, Card, ListView, ListViewItem } from './roots.js'
import { Badge, Caption, MarkdownWidget, TextWidget, Title } from './texts.js'
import type { WidgetProps } from './widget-context.js'

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
