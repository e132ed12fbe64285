/**
 * A widget file cannot be used: `file` its fields are wrong, `syntax` its template cannot be read, `undefined` the
 * template uses something the data does not have, `value` it uses a value in a way that does not fit, `data` the data
 * is not what the file's schema asks for, `output` what it wrote is no widget, `limit` it did too much.
 */
export type WidgetTemplateErrorReason = 'file' | 'syntax' | 'undefined' | 'value' | 'data' | 'output' | 'limit'

/** A widget file that cannot be read or rendered. The message names the widget and the place; it is for its author. */
export class WidgetTemplateError extends Error {
  override readonly name = 'WidgetTemplateError'

  constructor(
    readonly reason: WidgetTemplateErrorReason,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options)
  }
}
