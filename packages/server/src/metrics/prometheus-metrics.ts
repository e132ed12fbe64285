import { createRequire } from 'node:module'
import type Prometheus from 'prom-client'
import type { Observer } from '../base/observer.js'
import type { Metrics } from './metrics.js'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const RUN_SECONDS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900]
const FIRST_TEXT_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30]

/** Metrics in a registry of their own. The names without a prefix are those of seed 002 ("Metrics"). */
export function prometheusMetrics(connections: () => number): Metrics {
  // Not imported at the top: the built command is one file, and every start would load it.
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry }: typeof Prometheus = createRequire(
    import.meta.url,
  )('prom-client')
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'request_count',
    help: 'Requests answered, by route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    registers,
  })
  const errors = new Counter({
    name: 'error_count',
    help: 'Failures of the server: answers with status 500 or more, and runs that failed.',
    labelNames: ['kind'] as const,
    registers,
  })
  const durations = new Histogram({
    name: 'parley_request_duration_seconds',
    help: 'Time to the answer, or to the opening of its stream.',
    labelNames: ['route'] as const,
    buckets: SECONDS,
    registers,
  })
  const tokens = new Counter({
    name: 'tokens_used',
    help: 'Tokens models read and wrote.',
    labelNames: ['direction'] as const,
    registers,
  })
  const runs = new Counter({
    name: 'parley_runs_total',
    help: 'Runs by how they ended.',
    labelNames: ['status'] as const,
    registers,
  })
  const runDurations = new Histogram({
    name: 'parley_run_duration_seconds',
    help: 'From the message to the end of its answer.',
    buckets: RUN_SECONDS,
    registers,
  })
  const firstTexts = new Histogram({
    name: 'parley_first_text_seconds',
    help: 'From the message to the first words of its answer.',
    buckets: FIRST_TEXT_SECONDS,
    registers,
  })
  const modelTokens = new Counter({
    name: 'parley_model_tokens_total',
    help: 'Tokens by the model that read or wrote them.',
    labelNames: ['model', 'direction'] as const,
    registers,
  })
  const modelCalls = new Histogram({
    name: 'parley_model_call_duration_seconds',
    help: 'Calls of models, from the request to the end of the answer.',
    labelNames: ['model', 'status'] as const,
    buckets: RUN_SECONDS,
    registers,
  })
  const refusals = new Counter({
    name: 'parley_rate_limited_total',
    help: 'Requests refused because a limit was reached, by whose limit it was.',
    labelNames: ['scope', 'window'] as const,
    registers,
  })
  const active = new Gauge({ name: 'parley_active_runs', help: 'Answers being written now.', registers })
  const total = { requests: 0, seconds: 0 }
  new Gauge({
    name: 'avg_response_time',
    help: 'Mean time to an answer since the start, in seconds.',
    registers,
    collect() {
      this.set(total.requests === 0 ? 0 : total.seconds / total.requests)
    },
  })
  new Gauge({
    name: 'active_connections',
    help: 'Open connections, streams and sockets among them.',
    registers,
    collect() {
      this.set(connections())
    },
  })
  const observer: Observer = {
    requestEnded({ method, route, status, durationMs }) {
      requests.inc({ method, route, status })
      if (status >= 500) errors.inc({ kind: 'request' })
      durations.observe({ route }, durationMs / 1000)
      total.requests += 1
      total.seconds += durationMs / 1000
    },
    requestRefused: ({ scope, window }) => refusals.inc({ scope, window }),
    runStarted: () => active.inc(),
    runEnded({ status, durationMs, firstTextMs, inputTokens, outputTokens }) {
      active.dec()
      runs.inc({ status })
      if (status === 'failed') errors.inc({ kind: 'run' })
      runDurations.observe(durationMs / 1000)
      if (firstTextMs !== undefined) firstTexts.observe(firstTextMs / 1000)
      tokens.inc({ direction: 'input' }, inputTokens)
      tokens.inc({ direction: 'output' }, outputTokens)
    },
    modelCallEnded({ model, status, durationMs, inputTokens, outputTokens }) {
      modelCalls.observe({ model, status }, durationMs / 1000)
      modelTokens.inc({ model, direction: 'input' }, inputTokens)
      modelTokens.inc({ model, direction: 'output' }, outputTokens)
    },
  }
  return { ...observer, contentType: registry.contentType, read: () => registry.metrics() }
}
