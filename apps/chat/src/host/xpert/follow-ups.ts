import { isBusy } from '../../store/selectors.js'
import type { ChatSession } from '../../store/session-contract.js'

type Followed = Pick<ChatSession, 'getState' | 'subscribe' | 'stop' | 'reportError'>

/**
 * Messages that come while an answer is being written: each waits for the end of what came before it (`queue`), or for the
 * answer that is stopped for it (`steer`). None follows into another chat.
 */
export function createFollowUps(session: Followed) {
  let last: Promise<unknown> = Promise.resolve()

  return function follow(mode: unknown, send: () => Promise<void>): void {
    const { threadId } = session.getState()
    const wait = async () => {
      await untilFree(session)
      const isElsewhere = threadId !== null && session.getState().threadId !== threadId
      if (isElsewhere)
        throw new Error('A message was to follow an answer, and another chat was opened. It was not sent.')
      await send()
    }
    if (mode === 'steer') void session.stop()
    last = last.then(wait).catch(session.reportError)
  }
}

function untilFree({ getState, subscribe }: Followed): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isBusy(getState()) || getState().loading === 'thread') return
      stop()
      resolve()
    }
    const stop = subscribe(look)
    look()
  })
}
