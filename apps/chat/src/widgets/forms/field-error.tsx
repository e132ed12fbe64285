import type { Field } from './form-context.js'

/** What is wrong with a field, right below it. */
export function FieldError({ of: { error, errorId } }: { of: Field }) {
  return error ? (
    <p class="widget-field-error" id={errorId} role="alert">
      {error}
    </p>
  ) : null
}
