import { useEffect, useMemo, useRef, useState } from 'react'
import type { ChatKitSession, SessionOptions } from './forms/session-settings.js'
import { useLayoutEffectInBrowser } from './layout-effect.js'

export interface SessionState {
  /** `null` until the first secret is there. */
  session: ChatKitSession | null
  /** Why there is no session. */
  error: Error | null
  isLoading: boolean
}

type Answer = { workflowId: string; secret: string } | { workflowId: string; error: Error }

/** Asks for the first secret as soon as the page shows the component; `null` asks for nothing. */
export function useSession(given: SessionOptions | null): SessionState {
  const newest = useRef(given)
  useLayoutEffectInBrowser(() => {
    newest.current = given
  })
  const workflowId = given?.workflowId
  const [answer, setAnswer] = useState<Answer | null>(null)
  const request = useRef<{ workflowId: string; answer: Promise<Answer> }>(null) // survives StrictMode's second effect

  useEffect(() => {
    if (workflowId === undefined) return
    if (request.current?.workflowId !== workflowId) {
      request.current = { workflowId, answer: requestSecret(workflowId, newest.current) }
    }
    let isWanted = true
    request.current.answer.then((arrived) => {
      if (isWanted) setAnswer(arrived)
    })
    return () => {
      isWanted = false
    }
  }, [workflowId])

  return useMemo(() => {
    if (answer === null || answer.workflowId !== workflowId) {
      return { session: null, error: null, isLoading: workflowId !== undefined }
    }
    if ('error' in answer) return { session: null, error: answer.error, isLoading: false }
    const session = createSession(answer, async (current) => newest.current?.getClientSecret(current) ?? '')
    return { session, error: null, isLoading: false }
  }, [answer, workflowId])
}

async function requestSecret(workflowId: string, given: SessionOptions | null): Promise<Answer> {
  try {
    return { workflowId, secret: (await given?.getClientSecret(null)) ?? '' }
  } catch (thrown) {
    return { workflowId, error: thrown instanceof Error ? thrown : new TypeError(String(thrown)) }
  }
}

/** The secret that is there already serves the chat's first request for one. */
function createSession(
  { workflowId, secret }: { workflowId: string; secret: string },
  ask: (current: string | null) => Promise<string>,
): ChatKitSession {
  let unused: string | null = secret
  return {
    workflowId,
    api: {
      getClientSecret: async (current) => {
        const first = current === null ? unused : null
        unused = null
        return first ?? ask(current)
      },
    },
  }
}
