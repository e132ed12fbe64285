import { useAction } from '../actions/use-action.js'
import { CONTROL_SIZES } from '../values/control-look.js'
import { lookUp, oneOf, textOf, type WidgetProps, wordsOf } from '../values/read.js'
import { NamedIcon } from './icon.js'
import { PressButton } from './press-button.js'

const ICON_SIZES: Record<string, number> = { sm: 14, md: 16, lg: 18, xl: 20, '2xl': 24 }
const TONES = ['primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger'] as const

/** A button: runs its action once at a time and says so while it runs, or submits the form it stands in. */
export function Button({ props }: { props: WidgetProps }) {
  const submits = props.submit === true
  const bound = useAction(submits ? null : props.onClickAction, 'click')
  const isPrimary = props.style === 'primary'
  const label = wordsOf(props.label)
  const iconSize = lookUp(ICON_SIZES, props.iconSize) ?? 16
  const shape = [
    'widget-button',
    props.pill === true && 'widget-pill',
    props.block === true && 'widget-block',
    props.uniform === true && 'widget-uniform',
  ]
  return (
    <PressButton
      class={shape.filter(Boolean).join(' ')}
      variant={oneOf(props.variant, ['solid', 'soft', 'outline', 'ghost']) ?? (isPrimary ? 'solid' : 'outline')}
      tone={oneOf(props.color, TONES) ?? (isPrimary || props.variant === 'solid' ? 'primary' : 'secondary')}
      size={oneOf(props.size, CONTROL_SIZES) ?? 'lg'}
      label={label ? undefined : (textOf(props.iconStart) ?? textOf(props.iconEnd))}
      submits={submits}
      disabled={props.disabled === true}
      bound={bound}
    >
      <NamedIcon name={props.iconStart} size={iconSize} />
      {label && <span class="widget-button-label">{label}</span>}
      <NamedIcon name={props.iconEnd} size={iconSize} />
    </PressButton>
  )
}
