import type { Clock } from '../base/clock.js'
import type { FeedbackAddresses } from '../dialects/xpert/routes.js'
import { WITHOUT_APP } from '../engine/workspace-threads.js'
import type { RequestCost } from '../http/rate-limits/rules.js'
import { createSigner } from '../uploads/signed-urls.js'
import { type Caller, contextOf } from './caller.js'

/** As long as those of LangSmith, which LangGraph's server hands out. */
const LIFETIME_MS = 3 * 60 * 60 * 1000

interface FeedbackParts {
  key: Uint8Array
  clock: Clock
  /** Counts what is said against the limits of the user. @throws {ParleyError} `rate_limited` */
  admit(request: Request, user: Caller, cost: RequestCost): Promise<void>
}

/** Signed addresses of runs: whoever holds one speaks in the name of the user whose run it is, and counts as that user. */
export function feedbackAddresses({ key, clock, admit }: FeedbackParts): FeedbackAddresses<Caller> {
  const signer = createSigner(key)
  return {
    async addressOf({ threadId, id }, { workspaceId, userId, appId, publicUrl }) {
      const expires = clock.now().getTime() + LIFETIME_MS
      const token = await signer.sign({ purpose: 'feedback', id, scope: { workspaceId, userId, appId }, expires })
      const path = `/api/ai/threads/${encodeURIComponent(threadId)}/runs/${encodeURIComponent(id)}/feedback`
      return `${publicUrl ?? ''}${path}?token=${token}`
    },
    async callAt(request, runId) {
      const token = new URL(request.url).searchParams.get('token') ?? ''
      const grant = await signer.verify(token, clock.now().getTime())
      if (grant?.purpose !== 'feedback' || grant.id !== runId) return null
      const { workspaceId, userId, appId } = grant.scope
      const context = contextOf({ workspaceId, userId, method: 'api_key' }, request, appId)
      await admit(request, context, 'read')
      return { app: WITHOUT_APP, appId, context }
    },
  }
}
