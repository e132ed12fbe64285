import type { SpanAttributes } from '../base/trace.js'
import type { EndedSpan } from './tracer.js'

const KINDS: Record<EndedSpan['kind'], number> = { internal: 1, server: 2, client: 3 }
const FAILED = 2
/** Collectors refuse what is much larger. */
const LONGEST_VALUE = 32_768

/** Spans as a collector takes them. Source: OTLP 1.x, "JSON Protobuf Encoding". */
export function encodeSpans(spans: readonly EndedSpan[], resource: SpanAttributes): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: encodeAttributes(resource) },
        scopeSpans: [{ scope: { name: 'parley' }, spans: spans.map(encodeSpan) }],
      },
    ],
  }
}

function encodeSpan({ traceId, spanId, parentSpanId, name, kind, startedAt, endedAt, attributes, failure }: EndedSpan) {
  return {
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: toNanoseconds(startedAt),
    endTimeUnixNano: toNanoseconds(endedAt),
    attributes: encodeAttributes(failure === undefined ? attributes : { ...attributes, 'error.type': failure }),
    ...(failure !== undefined && { status: { code: FAILED, message: failure } }),
  }
}

/** Too large for a number. */
const toNanoseconds = (milliseconds: number): string => String(BigInt(Math.round(milliseconds * 1000)) * 1000n)

const encodeAttributes = (attributes: SpanAttributes) =>
  Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: encodeValue(value) }],
  )

function encodeValue(value: string | number | boolean) {
  if (typeof value === 'string') return { stringValue: value.slice(0, LONGEST_VALUE) }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}
