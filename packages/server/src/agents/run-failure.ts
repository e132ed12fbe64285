import { CustomStreamError } from '../runnable/stream-errors.js'

/** What ended a run of the Agents SDK, in words for the person who waits. The SDK is loaded on first use: its errors are told by name. */
const PERSON_TEXTS: Record<string, { message: string; allowRetry: boolean }> = {
  MaxTurnsExceededError: {
    message: 'This took more steps than the agent is allowed. Ask for less at once, or try again.',
    allowRetry: true,
  },
  InputGuardrailTripwireTriggered: {
    message: 'This message was stopped by a rule of this app. Put it differently.',
    allowRetry: false,
  },
  OutputGuardrailTripwireTriggered: {
    message: 'The answer was stopped by a rule of this app.',
    allowRetry: true,
  },
  ModelRefusalError: { message: 'The model refused to answer this.', allowRetry: true },
  ModelTimeoutError: { message: 'The model took too long to answer. Try again.', allowRetry: true },
  ToolTimeoutError: { message: 'A tool took too long to answer. Try again.', allowRetry: true },
}

/** The error to end the run with: known failures in words for a person, all others as they are. */
export function toRunFailure(thrown: unknown): unknown {
  const words = thrown instanceof Error ? PERSON_TEXTS[thrown.constructor.name] : undefined
  return words ? new CustomStreamError(words.message, words.allowRetry) : thrown
}
