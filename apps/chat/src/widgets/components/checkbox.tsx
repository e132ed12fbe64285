import { useAction } from '../actions/use-action.js'
import { FieldError } from '../forms/field-error.js'
import { useField } from '../forms/form-context.js'
import { textOf, type WidgetProps, wordsOf } from '../values/read.js'

/** A box to tick. */
export function Checkbox({ props }: { props: WidgetProps }) {
  const name = wordsOf(props.name)
  const label = textOf(props.label)
  const field = useField(name)
  const bound = useAction(props.onChangeAction, 'change')
  return (
    <div class="widget-field">
      <label class="widget-choice">
        <input
          type="checkbox"
          id={field.id}
          name={name}
          defaultChecked={props.defaultChecked === true}
          disabled={props.disabled === true}
          required={props.required === true}
          aria-label={label ? undefined : field.ariaLabel}
          aria-invalid={field.error ? true : undefined}
          aria-describedby={field.error ? field.errorId : undefined}
          onChange={({ currentTarget }) => {
            field.clearError()
            void bound.run([name, currentTarget.checked])
          }}
        />
        {label && <span>{label}</span>}
      </label>
      <FieldError of={field} />
    </div>
  )
}
