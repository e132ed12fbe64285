import { oneOf, type WidgetProps, wordsOf } from '../values/read.js'

const TONES = ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'] as const

/** A word that marks something. */
export function Badge({ props }: { props: WidgetProps }) {
  return (
    <span
      class={props.pill === true ? 'widget-badge widget-pill' : 'widget-badge'}
      data-tone-of={oneOf(props.color, TONES) ?? 'secondary'}
      data-variant={oneOf(props.variant, ['solid', 'soft', 'outline']) ?? 'soft'}
      data-size={oneOf(props.size, ['sm', 'md', 'lg']) ?? 'sm'}
    >
      {wordsOf(props.label)}
    </span>
  )
}
