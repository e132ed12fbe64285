import { fieldId } from '../forms/form-context.js'
import { type WidgetProps, wordsOf } from '../values/read.js'
import { TEXT_SIZES, textClass, textStyle } from '../values/text-style.js'
import { useWidget } from '../widget-context.js'

/** The name of a field; pressing it goes there. */
export function Label({ props }: { props: WidgetProps }) {
  const { scheme, id } = useWidget()
  return (
    <label
      class={textClass('widget-label', props, TEXT_SIZES)}
      style={textStyle(props, scheme)}
      for={fieldId(id, wordsOf(props.fieldName))}
    >
      {wordsOf(props.value)}
    </label>
  )
}
