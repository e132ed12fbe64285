import { FieldError } from '../forms/field-error.js'
import { useField } from '../forms/form-context.js'
import { useTypedField } from '../forms/use-typed-field.js'
import type { Style } from '../values/box-style.js'
import { textOf, type WidgetProps, wordsOf } from '../values/read.js'
import { linesOf } from '../values/text-style.js'

interface Props {
  props: WidgetProps
  editable: WidgetProps
  class: string
  style: Style
}

/** A text that can be written over in its place, and is then a field of the form. */
export function EditableText({ props, editable, class: className, style }: Props) {
  const field = useField(wordsOf(editable.name), textOf(editable.placeholder))
  const typed = useTypedField<HTMLInputElement & HTMLTextAreaElement>(editable, field)
  const shared = {
    ...typed,
    class: `${className} widget-editable`,
    style,
    defaultValue: wordsOf(props.value),
    autocomplete: textOf(editable.autoComplete) ?? typed.autocomplete,
  }
  const lines = linesOf(props.minLines) ?? 1
  return (
    <>
      {lines > 1 ? (
        <textarea {...shared} rows={lines} data-pattern={textOf(editable.pattern)} />
      ) : (
        <input {...shared} type="text" pattern={textOf(editable.pattern)} />
      )}
      <FieldError of={field} />
    </>
  )
}
