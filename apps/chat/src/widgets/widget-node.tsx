import type { ComponentType } from 'preact'
import { useContext, useMemo } from 'preact/hooks'
import { Children, NodeContext } from './children.js'
import { Badge } from './components/badge.js'
import { Basic } from './components/basic.js'
import { Box } from './components/box.js'
import { Button } from './components/button.js'
import { Caption } from './components/caption.js'
import { Card } from './components/card.js'
import { Chart } from './components/chart.js'
import { Checkbox } from './components/checkbox.js'
import { DatePicker } from './components/date-picker.js'
import { Divider } from './components/divider.js'
import { Form } from './components/form.js'
import { Icon } from './components/icon.js'
import { Image } from './components/image.js'
import { Input } from './components/input.js'
import { Label } from './components/label.js'
import { ListView } from './components/list-view.js'
import { ListViewItem } from './components/list-view-item.js'
import { Markdown } from './components/markdown.js'
import { RadioGroup } from './components/radio-group.js'
import { Select } from './components/select.js'
import { Spacer } from './components/spacer.js'
import { Table } from './components/table.js'
import { TableCell } from './components/table-cell.js'
import { TableRow } from './components/table-row.js'
import { TextComponent } from './components/text.js'
import { Textarea } from './components/textarea.js'
import { Title } from './components/title.js'
import { Transition } from './components/transition.js'
import { CustomWidget, isUiResource, UiResource } from './custom/index.js'
import { Level, MOST_LEVELS } from './level.js'
import { lookUp, type WidgetProps } from './values/read.js'
import { useWidget } from './widget-context.js'

/** Every component that can be drawn. One that is not here is one of the page's own, or draws nothing but its children. */
const COMPONENTS: Record<string, ComponentType<{ props: WidgetProps }>> = {
  Card,
  ListView,
  ListViewItem,
  Basic,
  Box,
  Row: Box,
  Col: Box,
  Form,
  Spacer,
  Divider,
  Transition,
  Text: TextComponent,
  Title,
  Caption,
  Markdown,
  Badge,
  Icon,
  Image,
  Button,
  Input,
  Textarea,
  Select,
  DatePicker,
  Checkbox,
  RadioGroup,
  Label,
  Chart,
  Table,
  'Table.Row': TableRow,
  'Table.Cell': TableCell,
}

/** Draws a node of whatever type. A node that is the same object as before is not drawn again. */
export function WidgetNode({ node }: { node: object }) {
  const level = useContext(Level)
  const drawn = useMemo(() => {
    const props = node as WidgetProps // untrusted: each component checks what it reads
    const Component = lookUp(COMPONENTS, props.type)
    return Component ? <Component props={props} /> : <UnknownNode props={props} />
  }, [node])
  if (level > MOST_LEVELS) return null
  return (
    <NodeContext.Provider value={WidgetNode}>
      <Level.Provider value={level + 1}>{drawn}</Level.Provider>
    </NodeContext.Provider>
  )
}

/** A type that is not ChatKit's: a widget of the page's own, an MCP server's user interface, or nothing but its children. */
function UnknownNode({ props }: { props: WidgetProps }) {
  const { custom } = useWidget()
  const type = String(props.type)
  if (lookUp(custom?.byName ?? {}, type) !== undefined) return <CustomWidget name={type} props={props} />
  return isUiResource(props) ? <UiResource props={props} /> : <Children of={props} />
}
