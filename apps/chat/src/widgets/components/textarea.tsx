import { useLayoutEffect } from 'preact/hooks'
import { FieldError } from '../forms/field-error.js'
import { useField } from '../forms/form-context.js'
import { useTypedField } from '../forms/use-typed-field.js'
import { controlClass, controlLook } from '../values/control-look.js'
import { textOf, type WidgetProps, wordsOf } from '../values/read.js'
import { linesOf } from '../values/text-style.js'

/** A field for several lines; it may grow with them, up to a limit. */
export function Textarea({ props }: { props: WidgetProps }) {
  const field = useField(wordsOf(props.name), textOf(props.placeholder))
  const typed = useTypedField<HTMLTextAreaElement>(props, field)
  const grows = props.autoResize === true
  const most = linesOf(props.maxRows)

  const fit = () => {
    const element = typed.ref.current
    if (!element || !grows) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`
  }
  useLayoutEffect(fit)

  return (
    <div class="widget-field">
      <textarea
        {...typed}
        data-pattern={textOf(props.pattern)}
        {...controlLook(props)}
        class={controlClass('widget-input widget-textarea', props)}
        style={most ? { 'max-height': `calc(${most}lh + 16px)` } : {}}
        rows={linesOf(props.rows) ?? 3}
        defaultValue={wordsOf(props.defaultValue)}
        onInput={() => {
          field.clearError()
          fit()
        }}
      />
      <FieldError of={field} />
    </div>
  )
}
