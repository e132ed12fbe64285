import type { RunTrace } from '@parley/protocol'

/** What is known of a piece of work besides how long it took. Never what people or models wrote, unless {@link Span.keepsContent}. */
export type SpanAttributes = Record<string, string | number | boolean | undefined>

/** A piece of work as those see it who collect traces. Names and attributes follow OpenTelemetry's conventions. */
export interface Span {
  /** For another server that works on the same: a W3C `traceparent`. Absent where nobody collects what servers do together. */
  readonly traceparent?: string | undefined
  /** Whether the operator wants what was written in it as well. */
  readonly keepsContent: boolean
  /** A piece of this piece. */
  start(name: string, attributes?: SpanAttributes, kind?: 'internal' | 'client'): Span
  set(attributes: SpanAttributes): void
  /** What it is called, once that is known better. */
  rename(name: string): void
  /** `failure`: a short name of what went wrong. Only the first call counts. */
  end(failure?: string): void
}

/** Begins the spans of requests; everything else is part of one. */
export interface Tracer {
  /** `traceparent`: what the caller sent; anything that is none begins a trace of its own. */
  startRequest(name: string, attributes: SpanAttributes, traceparent: string | null): Span
  /** Hands over what is not told yet. */
  close(): Promise<void>
}

/** Keeps what runs do, for the people of their workspace. */
export interface RunRecorder {
  /** @param outer The same run as an operator's collector sees it: it is told everything as well. */
  record(name: string, outer: Span | undefined): RecordedRun
}

/** A run that is being recorded. */
export interface RecordedRun {
  span: Span
  /** What was done until now; what is not over is told as it stands. */
  finish(outcome: { failure?: string | undefined; isStopped: boolean; firstTextMs?: number | undefined }): RunTrace
}

/** What a call of a model cost, in US dollars: what it read, and what it wrote. */
export interface ModelCost {
  input: number
  output: number
}

/** What a piece of work belongs to. Empty for work nobody asked for by a request. */
export interface Trace {
  /** The caller's `x-request-id`, or the server's own. */
  requestId?: string
  /** Absent while no traces are collected. */
  span?: Span
  /** Is told what a call of a model cost, where its price is known. */
  spent?: (cost: ModelCost) => void
}

/** What tells another server which work its part belongs to. */
export const traceHeaders = ({ requestId, span }: Trace): Record<string, string> => ({
  ...(requestId !== undefined && { 'x-request-id': requestId }),
  ...(span?.traceparent !== undefined && { traceparent: span.traceparent }),
})
