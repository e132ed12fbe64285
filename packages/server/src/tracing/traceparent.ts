/** What a `traceparent` says. Source: W3C Trace Context, "traceparent Header". */
export interface TraceParent {
  traceId: string
  spanId: string
  /** Whether the caller keeps the trace, so that everybody should. */
  isKept: boolean
}

const FORM = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/

/** Reads the header; `null` for one that says nothing: then a trace of its own begins. */
export function readTraceParent(header: string | null): TraceParent | null {
  const [, version, traceId = '', spanId = '', flags = '', rest] = FORM.exec(header ?? '') ?? []
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined)) return null
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null
  return { traceId, spanId, isKept: (Number.parseInt(flags, 16) & 1) === 1 }
}

export const writeTraceParent = ({ traceId, spanId, isKept }: TraceParent): string =>
  `00-${traceId}-${spanId}-${isKept ? '01' : '00'}`
