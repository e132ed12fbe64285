import type { Span, SpanAttributes, Tracer } from '../base/trace.js'
import { readTraceParent, type TraceParent, writeTraceParent } from './traceparent.js'

/** A piece of work that is over. */
export interface EndedSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: 'internal' | 'server' | 'client'
  /** Milliseconds since 1970, with fractions. */
  startedAt: number
  endedAt: number
  attributes: SpanAttributes
  failure?: string
}

export interface TracerOptions {
  /** Where spans go when they are over. */
  exporter: { add(span: EndedSpan): void; close(): Promise<void> }
  /** The part of all traces that begin here which is kept, 0–1. What a caller has begun is its own decision. */
  share: number
  /** Whether what people and models write is told as well. */
  keepsContent: boolean
  /** Milliseconds since 1970, with fractions; default: the clock of this machine. */
  now?(): number
}

/** Makes spans of requests and what is done for them. */
export function createTracer({ exporter, share, keepsContent, now = preciseNow }: TracerOptions): Tracer {
  function startSpan(
    place: Omit<TraceParent, 'spanId'> & { parentSpanId?: string },
    what: Pick<EndedSpan, 'name' | 'kind' | 'attributes'>,
  ): Span {
    const { traceId, isKept } = place
    const spanId = randomHex(8)
    const startedAt = now()
    const attributes = { ...what.attributes }
    let { name } = what
    let isOver = false
    return {
      traceparent: writeTraceParent({ traceId, spanId, isKept }),
      keepsContent: keepsContent && isKept,
      start: (name, attributes = {}, kind = 'internal') =>
        startSpan({ traceId, isKept, parentSpanId: spanId }, { name, kind, attributes }),
      set: (more) => void Object.assign(attributes, more),
      rename(better) {
        name = better
      },
      end(failure) {
        if (isOver || !isKept) return
        isOver = true
        const { parentSpanId } = place
        exporter.add({
          traceId,
          spanId,
          ...(parentSpanId !== undefined && { parentSpanId }),
          name,
          kind: what.kind,
          startedAt,
          endedAt: now(),
          attributes,
          ...(failure !== undefined && { failure }),
        })
      },
    }
  }

  return {
    startRequest(name, attributes, traceparent) {
      const caller = readTraceParent(traceparent)
      const traceId = caller?.traceId ?? randomHex(16)
      const isKept = caller?.isKept ?? isInShare(traceId, share)
      return startSpan(
        { traceId, isKept, ...(caller && { parentSpanId: caller.spanId }) },
        { name, kind: 'server', attributes },
      )
    },
    close: () => exporter.close(),
  }
}

const preciseNow = () => performance.timeOrigin + performance.now()

/** By the id, so that every server of a chain decides alike. */
const isInShare = (traceId: string, share: number) => Number.parseInt(traceId.slice(-8), 16) < share * 2 ** 32

const randomHex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('')
