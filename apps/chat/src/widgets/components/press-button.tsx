import type { ComponentChildren } from 'preact'
import type { BoundAction } from '../actions/use-action.js'
import type { Style } from '../values/box-style.js'

interface Props {
  class: string
  style?: Style
  variant: string
  tone: string
  size?: string
  label?: string | undefined
  /** Submits the form around instead of running its own action. */
  submits: boolean
  disabled?: boolean
  bound: BoundAction
  children: ComponentChildren
}

/** A button of a widget. While it has to wait it keeps its place in the tab order and says so. */
export function PressButton({ bound, submits, variant, tone, size = 'lg', label, children, ...rest }: Props) {
  const isWaiting = bound.isBlocked || bound.isLoading
  const press = (event: Event) => {
    if (isWaiting) event.preventDefault()
    else if (!submits) void bound.run()
  }
  return (
    <button
      {...rest}
      type={submits ? 'submit' : 'button'}
      data-variant={variant}
      data-tone-of={tone}
      data-size={size}
      aria-label={label}
      aria-disabled={isWaiting || undefined}
      aria-busy={bound.isLoading || undefined}
      onClick={press}
    >
      {children}
    </button>
  )
}
