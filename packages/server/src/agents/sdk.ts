export type AgentsSdk = typeof import('../models/agents-sdk.js')

/** The Agents SDK, loaded by the first run and not before: importing it costs a fifth of a second and 50 MB. */
export function loadAgentsSdk(): Promise<AgentsSdk> {
  loading ??= import('../models/agents-sdk.js').then((sdk) => {
    turnTracingOff(sdk)
    return sdk
  })
  return loading
}

let loading: Promise<AgentsSdk> | undefined

/**
 * By default the SDK sends prompts to a third party. With tracing off it would still follow every promise of the process
 * to know its trace, which costs about a fifth of a run's CPU on Node 20 and 22: every place is in the same empty trace.
 */
function turnTracingOff(sdk: AgentsSdk): void {
  sdk.setTracingDisabled(true)
  const trace = sdk.getGlobalTraceProvider().createTrace({ name: 'off' })
  sdk.setTracingContextStorage({
    run: (_context, work) => work(),
    getStore: () => ({ trace, active: true }),
    enterWith: () => undefined,
  })
}
