import { type WidgetProps, wordsOf } from '../values/read.js'
import { textClass, textStyle } from '../values/text-style.js'
import { useWidget } from '../widget-context.js'

const SIZES = ['sm', 'md', 'lg'] as const

/** Small print. */
export function Caption({ props }: { props: WidgetProps }) {
  const { scheme } = useWidget()
  return (
    <p class={textClass('widget-caption', props, SIZES)} style={textStyle(props, scheme)} dir="auto">
      {wordsOf(props.value)}
    </p>
  )
}
