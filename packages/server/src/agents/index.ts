/**
 * The bridge between the Agents SDK and ChatKit's events. Importing this loads no SDK: that happens in the first run.
 * `Agent`, `Runner`, `tool` and the rest come from `@openai/agents-core` itself.
 */
export type {
  Agent,
  AgentInputItem,
  Handoff,
  Model,
  ModelProvider,
  RunConfig,
  Runner,
  StreamedRunResult,
  Tool,
} from '@openai/agents-core'
export { type ToolSecrets, toolSecrets } from '../base/tool-secrets.js'
export { chatCompletionsModel } from '../models/chat-completions.js'
export type { ModelHost } from '../models/model-host.js'
export { type ModelSettings, resolveModels } from '../models/model-settings.js'
export type { ModelSource } from '../models/model-source.js'
export { offlineModel } from '../models/offline/offline-model.js'
export type { ModelEvent } from '../models/response-events.js'
export { responsesModel } from '../models/responses.js'
export { callTool, fail, type ScriptedAnswer, say, scriptedModel } from '../models/scripted.js'
export {
  fetchTransport,
  type ModelHttpRequest,
  type ModelHttpResponse,
  type ModelTransport,
} from '../models/transport.js'
export { accumulateText } from './accumulate-text.js'
export { AgentContext, type AgentContextParts } from './agent-context.js'
export { type AgentAppOptions, agentApp } from './agent-runnable.js'
export { configuredAgents } from './configured-agent.js'
export type { Choices } from './inference.js'
export { knowledgeTool } from './knowledge-tool.js'
export type { McpApproval, McpProgram, McpServerOptions } from './mcp/mcp-server.js'
export type { MemoryOptions } from './memory/remember-thread.js'
export { ResponseConverter } from './response-converter.js'
export { SourceList } from './source-list.js'
export type { StepLabel, StepLabels } from './steps.js'
export { type StreamAgentResponseOptions, streamAgentResponse } from './stream-agent-response.js'
export { type ConvertedItem, simpleToAgentInput, ThreadItemConverter } from './thread-item-converter.js'
export { type CodeInterpreterOptions, codeInterpreterTool } from './tools/code-interpreter.js'
export { type HttpToolConfig, type HttpToolOptions, httpTool } from './tools/http-tool.js'
export { type SearchServiceName, type SearchSettings, searchService } from './tools/search-services.js'
export { SearchError, type SearchWeb, type WebResult } from './tools/search-web.js'
export { TOOL_STEPS, type Toolkit } from './tools/toolkit.js'
export { userMemoryTools } from './tools/user-memory.js'
export { type WebSearchOptions, webSearchTools } from './tools/web-search.js'
