import type { Style } from '../values/box-style.js'
import { sizeOf } from '../values/length.js'
import { isRecord, type WidgetProps, wordsOf } from '../values/read.js'
import { linesOf, TEXT_SIZES, textClass, textStyle } from '../values/text-style.js'
import { useWidget } from '../widget-context.js'
import { EditableText } from './editable-text.js'

/** Words in a paragraph of their own; editable, a field that looks like them. */
export function TextComponent({ props }: { props: WidgetProps }) {
  const { scheme } = useWidget()
  const width = sizeOf(props.width)
  const least = linesOf(props.minLines)
  const style: Style = {
    ...textStyle(props, scheme),
    ...(width && { width }),
    ...(least && { 'min-height': `${least}lh` }),
    ...(props.italic === true && { 'font-style': 'italic' }),
    ...(props.lineThrough === true && { 'text-decoration': 'line-through' }),
  }
  const className = textClass('widget-text', props, TEXT_SIZES)
  const { editable } = props
  if (isRecord(editable)) return <EditableText props={props} editable={editable} class={className} style={style} />
  return (
    <p class={props.streaming === true ? `${className} widget-streaming` : className} style={style} dir="auto">
      {wordsOf(props.value)}
    </p>
  )
}
