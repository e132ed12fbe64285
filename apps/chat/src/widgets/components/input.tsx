import { FieldError } from '../forms/field-error.js'
import { useField } from '../forms/form-context.js'
import { useTypedField } from '../forms/use-typed-field.js'
import { controlClass, controlLook } from '../values/control-look.js'
import { oneOf, textOf, type WidgetProps, wordsOf } from '../values/read.js'

const TYPES = ['number', 'email', 'text', 'password', 'tel', 'url'] as const

/** A field for one line. */
export function Input({ props }: { props: WidgetProps }) {
  const field = useField(wordsOf(props.name), textOf(props.placeholder))
  const typed = useTypedField<HTMLInputElement>(props, field)
  const type = (oneOf(props.inputType, TYPES) ?? 'text') as 'text' // the types of attributes ask for one kind
  return (
    <div class="widget-field">
      <input
        {...typed}
        {...controlLook(props)}
        class={controlClass('widget-input', props)}
        type={type}
        pattern={textOf(props.pattern)}
        defaultValue={wordsOf(props.defaultValue)}
      />
      <FieldError of={field} />
    </div>
  )
}
