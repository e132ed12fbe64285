import { Children } from '../children.js'
import { boxStyle } from '../values/box-style.js'
import type { WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { directionClass } from './box.js'
import { Themed } from './themed.js'

/** A root without a frame. */
export function Basic({ props }: { props: WidgetProps }) {
  const { scheme } = useWidget()
  const { gap, padding, align, justify } = props
  return (
    <Themed theme={props.theme}>
      <div class={directionClass(props)} style={boxStyle({ gap, padding, align, justify }, scheme)}>
        <Children of={props} />
      </div>
    </Themed>
  )
}
