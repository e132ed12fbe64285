import { useAction } from '../actions/use-action.js'
import { isRecord, textOf } from '../values/read.js'
import { PressButton } from './press-button.js'

/** The answers below a card: cancel, then confirm. In a form, confirm submits it. */
export function CardActions({ confirm, cancel, isForm }: { confirm: unknown; cancel: unknown; isForm: boolean }) {
  const yes = toAnswer(confirm)
  const no = toAnswer(cancel)
  if (!yes && !no) return null
  return (
    <div class="widget-card-actions">
      {no && <Answer {...no} variant="ghost" />}
      {yes && <Answer {...yes} variant="solid" submits={isForm} />}
    </div>
  )
}

interface AnswerProps {
  label: string
  action: unknown
  variant: 'ghost' | 'solid'
  submits?: boolean
}

function Answer({ label, action, variant, submits = false }: AnswerProps) {
  const bound = useAction(action, 'submit')
  return (
    <PressButton
      class="widget-button"
      tone={variant === 'solid' ? 'primary' : 'secondary'}
      variant={variant}
      submits={submits}
      bound={bound}
    >
      {label}
    </PressButton>
  )
}

function toAnswer(value: unknown): { label: string; action: unknown } | null {
  const label = isRecord(value) ? textOf(value.label) : undefined
  return isRecord(value) && label ? { label, action: value.action } : null
}
