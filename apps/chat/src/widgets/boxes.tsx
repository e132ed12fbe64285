import { Children } from './children.js'
import type { WidgetProps } from './widget-context.js'
import { boxStyle, spacing } from './widget-style.js'

/** Box, Row, Col and Form: they differ in the direction their children run. */
export function Box({ props }: { props: WidgetProps }) {
  const isRow = props.type === 'Row' || props.direction === 'row'
  return (
    <div class={isRow ? 'widget-row' : 'widget-col'} style={boxStyle(props)}>
      <Children of={props} />
    </div>
  )
}

export function Spacer({ props }: { props: WidgetProps }) {
  return <span class="widget-spacer" style={{ 'min-width': spacing(props.minSize) ?? '0' }} />
}

export function Divider({ props }: { props: WidgetProps }) {
  const margin = spacing(props.spacing)
  return (
    <hr
      class={props.flush ? 'widget-divider widget-flush' : 'widget-divider'}
      style={margin ? { 'margin-block': margin } : {}}
    />
  )
}
