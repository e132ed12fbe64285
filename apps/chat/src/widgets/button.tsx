import { useState } from 'preact/hooks'
import type { WidgetProps } from './widget-context.js'
import { toAction, useWidgetActions } from './widget-context.js'

/** A button of a widget: runs its action once at a time and says so while it runs. */
export function ButtonWidget({ props }: { props: WidgetProps }) {
  const kind = props.style === 'primary' || props.variant === 'solid' ? 'button-primary' : ''
  return (
    <ActionButton
      class={`button ${kind} ${props.block === true ? 'widget-block' : ''}`}
      label={typeof props.label === 'string' ? props.label : ''}
      action={props.onClickAction}
      disabled={props.disabled === true}
    />
  )
}

export function ActionButton(props: { class: string; label: string; action: unknown; disabled?: boolean }) {
  const { run, isBlocked } = useWidgetActions()
  const [isRunning, setRunning] = useState(false)
  const action = toAction(props.action)
  const start = async () => {
    if (!action) return
    setRunning(true)
    try {
      await run(action)
    } finally {
      setRunning(false)
    }
  }
  const disabled = props.disabled || isRunning || (action !== null && isBlocked(action))
  return (
    <button type="button" class={props.class} disabled={disabled} aria-busy={isRunning} onClick={start}>
      {props.label}
    </button>
  )
}
