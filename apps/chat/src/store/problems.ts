import { ClientError } from '@parley/client'
import type { Problem } from './state.js'

/** What the person reads when a call failed: its kind has words in `text/`, a refusal brings the server's own. */
export function toProblem(error: unknown): Problem {
  if (!(error instanceof ClientError)) return { code: 'network', retry: true } // the line broke while reading
  const { status, message } = error
  if (status === 0) return { code: 'network', retry: true }
  if (status === 401 || status === 403) return { code: 'unauthorized', retry: false }
  if (status === 404) return { code: 'not_found', retry: false }
  if (status === 429) return { code: 'rate_limited', retry: true }
  if (status < 500) return { code: 'refused', text: message, retry: false, stale: status === 409 }
  return { code: 'server', retry: true }
}
