import type { FieldValue } from './form-values.js'

export type Control = HTMLInputElement | HTMLTextAreaElement

/** The fields that belong to the form itself, not to a form inside it, in the order they are seen. */
function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (element): element is Control =>
      (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) && element.name !== '',
  )
}

/** Each named field's value: a checkbox is on or off, an unchosen radio button or choice is no value. */
export function readFields(form: HTMLFormElement): (readonly [string, FieldValue])[] {
  return controlsOf(form).flatMap((control): (readonly [string, FieldValue])[] => {
    if (control.disabled) return []
    if (control.type === 'checkbox') return [[control.name, (control as HTMLInputElement).checked]] // its type says so
    if (control.type === 'radio' && !(control as HTMLInputElement).checked) return [] // its type says so
    if (control.type === 'hidden' && control.value === '') return []
    return [[control.name, control.value]]
  })
}

/** What the browser finds wrong, by field name, and the first field it found it in. */
export function findErrors(form: HTMLFormElement): { errors: Map<string, string>; first: Control | undefined } {
  const errors = new Map<string, string>()
  let first: Control | undefined
  for (const control of controlsOf(form)) {
    const error = control.validationMessage || patternError(control)
    if (!error) continue
    first ??= control
    if (!errors.has(control.name)) errors.set(control.name, error)
  }
  return { errors, first }
}

/** A `<textarea>` knows no patterns: checks it as an `<input>` would, and lets one say it in the browser's own words. */
function patternError(control: Control): string {
  const { pattern } = control.dataset
  if (!pattern || control.disabled || control.value === '' || fits(control.value, pattern)) return ''
  const probe = document.createElement('input')
  probe.pattern = 'a'
  probe.value = 'b'
  return probe.validationMessage
}

/** A pattern that is no regular expression asks for nothing, as in HTML. */
function fits(value: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'v').test(value)
  } catch {
    return true
  }
}
