/** The Agents SDK, loaded by the first run and not before: importing it costs a fifth of a second and 50 MB. */
export function loadAgentsSdk(): Promise<typeof import('@openai/agents-core')> {
  loading ??= import('@openai/agents-core').then((sdk) => {
    sdk.setTracingDisabled(true) // by default it would send prompts to a third party
    return sdk
  })
  return loading
}

let loading: Promise<typeof import('@openai/agents-core')> | undefined
