import { type Clock, systemClock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { SpanAttributes } from '../base/trace.js'
import { encodeSpans } from './otlp-json.js'
import type { EndedSpan, TracerOptions } from './tracer.js'

export interface OtlpExporterOptions {
  /** Of the collector, e.g. `http://127.0.0.1:4318/v1/traces`. */
  url: string
  headers?: Record<string, string>
  /** What every span is of, e.g. `service.name`. */
  resource: SpanAttributes
  log: Log
  fetch?: typeof fetch
  clock?: Clock
}

const EVERY_MS = 5_000
const BATCH = 512
/** What waits while the collector is away; more is dropped. */
const MOST_WAITING = 2_048
const TIMEOUT_MS = 10_000

/**
 * Hands spans to an OpenTelemetry collector, over HTTP as JSON. A collector that is away costs nothing but the spans
 * that do not fit: the log says so once, and once when it is back.
 */
export function otlpExporter({
  url,
  headers = {},
  resource,
  log,
  fetch: send = fetch,
  clock = systemClock,
}: OtlpExporterOptions): TracerOptions['exporter'] {
  const waiting: EndedSpan[] = []
  let dropped = 0
  let isAway = false
  let sending: Promise<void> | undefined
  let callOff: (() => void) | undefined

  async function post(spans: EndedSpan[]): Promise<'taken' | 'again' | 'refused'> {
    const body = JSON.stringify(encodeSpans(spans, resource))
    try {
      const response = await send(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      await response.arrayBuffer()
      if (response.ok) return 'taken'
      complain({ status: response.status })
      return [429, 502, 503, 504].includes(response.status) ? 'again' : 'refused'
    } catch (cause) {
      complain({ cause })
      return 'again'
    }
  }

  function complain(details: Record<string, unknown>): void {
    if (!isAway) log.warn('Traces cannot be handed over.', { collector: new URL(url).host, ...details })
    isAway = true
  }

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH)
      const outcome = await post(batch)
      if (outcome === 'again') return
      waiting.splice(0, batch.length)
      if (outcome === 'refused') dropped += batch.length
      else if (isAway) {
        log.warn('Traces are handed over again.', { dropped })
        isAway = false
        dropped = 0
      }
    }
  }

  function flush(): Promise<void> {
    callOff?.()
    callOff = undefined
    sending ??= sendAll().finally(() => {
      sending = undefined
      if (waiting.length > 0) callOff ??= clock.after(EVERY_MS, flush)
    })
    return sending
  }

  return {
    add(span) {
      if (waiting.length >= MOST_WAITING) {
        dropped += 1
        return
      }
      waiting.push(span)
      if (waiting.length === BATCH && !isAway) void flush()
      else callOff ??= clock.after(EVERY_MS, flush)
    },
    async close() {
      await sending
      await flush()
      callOff?.()
    },
  }
}
