import { ClientError } from '@parley/client'

/** What went wrong, in words for a person, and the field it is about. */
export interface Failure {
  message: string
  /** The server's name of the field, e.g. `agent.temperature`. */
  param?: string
}

/** What a person can do about failures whose own words are for programs. */
const ADVICE: Record<string, string> = {
  network: 'The server did not answer. Check your connection, then try again.',
  rate_limited: 'That was too often. Wait a minute, then try again.',
  internal: 'The server could not do that. Try again; its log says why.',
  forbidden: 'You may not do that here. Reload the page, or ask an owner of this workspace.',
}

export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof FieldError) return { message: thrown.message, param: thrown.param }
  if (!(thrown instanceof ClientError))
    return { message: 'Something went wrong in this page. Reload it and try again.' }
  const { code, message, param, status } = thrown
  // What failed at another server was worded for whoever set it up.
  if (status >= 500 && code !== 'remote_failed' && !(code in ADVICE)) return { message: ADVICE.internal ?? message }
  return { message: ADVICE[code] ?? sentence(message, param), ...(param !== undefined && { param }) }
}

/** Beside its field, a message need not begin with the field's name. */
function sentence(message: string, param: string | undefined): string {
  const name = param?.replace(/\.(\d+)(?=\.|$)/g, '[$1]')
  const text =
    name && message.startsWith(name) ? message.slice(name.length).replace(/^:?\s+(is not valid: )?/, '') : message
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A field that cannot even be sent. */
export class FieldError extends Error {
  override readonly name = 'FieldError'
  constructor(
    readonly param: string,
    message: string,
  ) {
    super(message)
  }
}
