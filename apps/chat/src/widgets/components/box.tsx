import { Children } from '../children.js'
import { boxStyle } from '../values/box-style.js'
import type { WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'

/** Box, Row and Col: they differ in the direction their children run. */
export function Box({ props }: { props: WidgetProps }) {
  const { scheme } = useWidget()
  return (
    <div class={directionClass(props)} style={boxStyle(props, scheme)}>
      <Children of={props} />
    </div>
  )
}

export function directionClass({ type, direction }: WidgetProps): string {
  return type === 'Row' || (type !== 'Col' && direction === 'row') ? 'widget-row' : 'widget-col'
}
