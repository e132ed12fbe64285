/**
 * What Parley runs of the Agents SDK. Import this file with `import()`, when the first run needs it: naming the parts
 * keeps the rest (sandboxes, MCP transports) out of the built command, which would otherwise load them at every start.
 */
export {
  Agent,
  getGlobalTraceProvider,
  ModelBehaviorError,
  RunContext,
  Runner,
  RunState,
  setTracingContextStorage,
  setTracingDisabled,
  tool,
  Usage,
} from '@openai/agents-core'
