import { useEffect, useRef } from 'preact/hooks'
import { textOf, type WidgetProps, wordsOf } from '../values/read.js'
import type { Field } from './form-context.js'

/** The attributes every field one types into has. */
export function useTypedField<Element extends HTMLInputElement | HTMLTextAreaElement>(
  props: WidgetProps,
  field: Field,
) {
  const ref = useRef<Element>(null)
  const takesFocus = props.autoFocus === true
  useEffect(() => {
    // Only when nobody is writing elsewhere: a widget may not take the composer out of a person's hands.
    if (takesFocus && document.activeElement === document.body) ref.current?.focus()
  }, [takesFocus])
  const isOpenToManagers = props.allowAutofillExtensions === true
  return {
    ref,
    id: field.id,
    name: wordsOf(props.name),
    placeholder: textOf(props.placeholder),
    required: props.required === true,
    disabled: props.disabled === true,
    autocomplete: isOpenToManagers ? 'on' : 'off',
    ...(!isOpenToManagers && { 'data-1p-ignore': '', 'data-lpignore': 'true', 'data-bwignore': '' }),
    'aria-label': field.ariaLabel,
    'aria-invalid': field.error ? true : undefined,
    'aria-describedby': field.error ? field.errorId : undefined,
    onInput: field.clearError,
    onFocus: () => {
      if (props.autoSelect === true) ref.current?.select()
    },
  }
}
