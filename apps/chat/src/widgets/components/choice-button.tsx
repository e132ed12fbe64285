import type { ComponentChildren } from 'preact'
import type { Field } from '../forms/form-context.js'
import type { useChoice } from '../forms/use-choice.js'
import { controlClass, controlLook } from '../values/control-look.js'
import { textOf, type WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { NamedIcon } from './icon.js'

interface Props {
  props: WidgetProps
  field: Field
  choice: ReturnType<typeof useChoice>
  icon: string
  popup: 'listbox' | 'dialog'
  /** What is chosen, in words; nothing when nothing is. */
  shown: string | undefined
  /** The popover, while it is open. */
  children: ComponentChildren
}

/** The closed form of a Select or a DatePicker: a button that shows what is chosen and opens the choice. */
export function ChoiceButton({ props, field, choice, icon, popup, shown, children }: Props) {
  const { text } = useWidget()
  const isDisabled = props.disabled === true
  const placeholder = textOf(props.placeholder)
  const open = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    choice.setOpen(true)
  }
  return (
    <div class={props.block === true ? 'widget-choose widget-block' : 'widget-choose'}>
      <input type="hidden" name={choice.name} value={choice.value} disabled={isDisabled} />
      <button
        ref={choice.anchor}
        type="button"
        id={field.id}
        class={controlClass('widget-input widget-choose-button', props)}
        {...controlLook(props)}
        disabled={isDisabled}
        aria-label={field.ariaLabel && [field.ariaLabel, shown].filter(Boolean).join(': ')}
        aria-haspopup={popup}
        aria-expanded={choice.isOpen}
        onClick={() => choice.setOpen(!choice.isOpen)}
        onKeyDown={open}
      >
        <span class={shown ? 'widget-truncate' : 'widget-truncate widget-placeholder'}>
          {shown ?? placeholder ?? ''}
        </span>
        <NamedIcon name={icon} size={16} />
      </button>
      {props.clearable === true && shown && !isDisabled && (
        <button
          type="button"
          class="widget-clear"
          aria-label={text.removeTag(shown)}
          title={text.removeTag(shown)}
          onClick={() => choice.choose('')}
        >
          <NamedIcon name="close" size={14} />
        </button>
      )}
      {choice.isOpen && children}
    </div>
  )
}
