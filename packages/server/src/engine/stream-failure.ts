import { ERRORS, type ErrorEvent, ParleyError } from '@parley/protocol'
import { CustomStreamError, StreamError } from '../runnable/stream-errors.js'

/** A failure inside a run, as the person sees it and as the run's record keeps it. */
export interface StreamFailure {
  event: ErrorEvent
  error: { code: string; message?: string }
  /** Nobody foresaw it: the log has to say more. */
  unexpected: boolean
}

/** Source of the first, the second and the last mapping: the ChatKit server kit's `process_streaming`. */
export function toStreamFailure(thrown: unknown): StreamFailure {
  if (thrown instanceof CustomStreamError) {
    const { message, allowRetry } = thrown
    return told({ code: 'custom', message, allow_retry: allowRetry })
  }
  if (thrown instanceof StreamError) return told({ code: thrown.code, allow_retry: thrown.allowRetry })
  if (thrown instanceof ParleyError && thrown.code !== 'internal') {
    const { code, message } = thrown
    const event = errorEvent({ code: 'custom', message, allow_retry: ERRORS[code].retryable })
    return { event, error: { code, message }, unexpected: thrown.cause !== undefined }
  }
  const { event } = told({ code: 'stream.error', allow_retry: true })
  return { event, error: { code: 'internal' }, unexpected: true }
}

const errorEvent = (words: Omit<ErrorEvent, 'type'>): ErrorEvent => ({ type: 'error', ...words })

function told(words: Omit<ErrorEvent, 'type'>): StreamFailure {
  const { code, message } = words
  return { event: errorEvent(words), error: { code, ...(message !== undefined && { message }) }, unexpected: false }
}
