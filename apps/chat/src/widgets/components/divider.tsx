import type { Style } from '../values/box-style.js'
import { borderColor } from '../values/color.js'
import { sizeOf, spaceOf } from '../values/length.js'
import type { WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'

/** A line between neighbours: across a column, down a row. Flush, it reaches the card's edges. */
export function Divider({ props }: { props: WidgetProps }) {
  const { scheme } = useWidget()
  const color = borderColor(props.color, scheme)
  const size = sizeOf(props.size)
  const space = spaceOf(props.spacing)
  const style: Style = {
    ...(color && { 'background-color': color }),
    ...(size && { '--divider-size': size }),
    ...(space && { '--divider-space': space }),
  }
  return <hr class={props.flush === true ? 'widget-divider widget-flush' : 'widget-divider'} style={style} />
}
