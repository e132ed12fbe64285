import { type WidgetProps, wordsOf } from '../values/read.js'
import { textClass, textStyle } from '../values/text-style.js'
import { useWidget } from '../widget-context.js'

const SIZES = ['sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl'] as const

/** A heading inside the widget. */
export function Title({ props }: { props: WidgetProps }) {
  const { scheme, markdown } = useWidget()
  const { topHeading = 1 } = markdown
  const level = topHeading > 1 ? Math.min(6, topHeading + 2) : undefined
  return (
    <h3 class={textClass('widget-title', props, SIZES)} style={textStyle(props, scheme)} dir="auto" aria-level={level}>
      {wordsOf(props.value)}
    </h3>
  )
}
