import { createHash, timingSafeEqual } from 'node:crypto'
import { ParleyError } from '@parley/protocol'
import type { Route } from '../http/route.js'
import type { Metrics } from './metrics.js'

/** Who may read the metrics: everybody (`open`), or who knows the token. Neither: nobody. */
export interface MetricsAccess {
  open: boolean
  token?: string
}

/** `GET /metrics` in Prometheus' text format. */
export const metricsRoute = (loaded: () => Promise<Metrics>, access: MetricsAccess): Route => ({
  method: 'GET',
  path: '/metrics',
  async handle(request) {
    assertMayRead(request, access)
    const metrics = await loaded()
    return new Response(await metrics.read(), { headers: { 'content-type': metrics.contentType } })
  },
})

function assertMayRead(request: Request, { open, token }: MetricsAccess): void {
  if (token === undefined) {
    if (open) return
    throw new ParleyError('not_configured', 'Metrics are off: set PARLEY_METRICS_TOKEN and send it as a Bearer token.')
  }
  const given = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (given === undefined || !same(given, token))
    throw new ParleyError('unauthorized', 'Send "Authorization: Bearer <PARLEY_METRICS_TOKEN>".')
}

const same = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))
const digest = (text: string) => createHash('sha256').update(text).digest()
