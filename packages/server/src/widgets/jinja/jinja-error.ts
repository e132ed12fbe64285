/** Why a template failed: it cannot be read, an undefined name is used, a value does not fit, or it does too much. */
export type JinjaErrorReason = 'syntax' | 'undefined' | 'value' | 'limit'

/** A failure at one place of a template. */
export class JinjaError extends Error {
  override readonly name = 'JinjaError'

  constructor(
    readonly reason: JinjaErrorReason,
    message: string,
    /** Where in the template's text, counted from 0. */
    readonly offset: number,
  ) {
    super(message)
  }
}

export const syntaxError = (message: string, offset: number) => new JinjaError('syntax', message, offset)
export const valueError = (message: string, offset: number) => new JinjaError('value', message, offset)
