import { useId } from 'preact/hooks'
import { useAction } from '../actions/use-action.js'
import { FieldError } from '../forms/field-error.js'
import { useField } from '../forms/form-context.js'
import { readOptions } from '../forms/options.js'
import { textOf, type WidgetProps, wordsOf } from '../values/read.js'

/** One choice of several, all in sight. */
export function RadioGroup({ props }: { props: WidgetProps }) {
  const name = wordsOf(props.name)
  const field = useField(name)
  const bound = useAction(props.onChangeAction, 'change')
  const scope = useId() // radio buttons without a name would not exclude each other
  return (
    <div class="widget-field">
      <div
        id={field.id}
        class={props.direction === 'col' ? 'widget-choices widget-choices-col' : 'widget-choices'}
        role="radiogroup"
        aria-label={textOf(props.ariaLabel) ?? name}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={field.error ? field.errorId : undefined}
      >
        {readOptions(props.options).map(({ value, label, disabled }) => (
          <label key={value} class="widget-choice">
            <input
              type="radio"
              name={name || scope}
              value={value}
              defaultChecked={props.defaultValue === value}
              disabled={disabled || props.disabled === true}
              required={props.required === true}
              onChange={() => {
                field.clearError()
                void bound.run([name, value])
              }}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <FieldError of={field} />
    </div>
  )
}
