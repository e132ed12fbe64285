import type { Trace } from '../base/trace.js'

const traces = new WeakMap<Request, Trace>()

/** Remembers what a request is known by. */
export const keepTrace = (request: Request, trace: Trace): void => void traces.set(request, trace)

/** What a request is known by to everybody who works on it; empty when it did not come through the router. */
export const traceOf = (request: Request): Trace => traces.get(request) ?? {}
