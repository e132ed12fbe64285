/** Why a command was refused: an answer is being written, there is no conversation yet, or the chat was removed. */
export type SessionErrorCode = 'busy' | 'no_thread' | 'nothing_to_send' | 'nothing_to_retry'

const MESSAGES: Record<SessionErrorCode, string> = {
  busy: 'The chat is busy: wait for the answer to end or stop it first.',
  no_thread: 'There is no conversation yet: send a message first.',
  nothing_to_send: 'The message is empty.',
  nothing_to_retry: 'There is no message to retry.',
}

/** A command the session cannot follow now. */
export class SessionError extends Error {
  override readonly name = 'SessionError'
  constructor(readonly code: SessionErrorCode) {
    super(MESSAGES[code])
  }
}
