import { Children } from '../children.js'
import { FormScope } from '../forms/form-scope.js'
import { boxStyle } from '../values/box-style.js'
import type { WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { directionClass } from './box.js'

/** A box whose fields are submitted together. */
export function Form({ props }: { props: WidgetProps }) {
  const { scheme } = useWidget()
  return (
    <FormScope class={directionClass(props)} style={boxStyle(props, scheme)} action={props.onSubmitAction}>
      <Children of={props} />
    </FormScope>
  )
}
