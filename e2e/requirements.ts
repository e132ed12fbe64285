/**
 * What Parley promises, by id. A promise that is kept is cited by at least one test, which names the id in its title;
 * a promise for later is cited by none, so that this list cannot fall behind the code unnoticed.
 */
export interface Requirement {
  promise: string
  /** `part`: some of it is kept and tested, the rest is named here. */
  state: 'kept' | 'part' | 'later'
  missing?: string
}

export const REQUIREMENTS: Record<string, Requirement> = {
  A1: { promise: 'One endpoint, POST /api/chatkit, answers all 16 ChatKit request types', state: 'kept' },
  A2: { promise: 'Status codes of the error table; nothing but JSON or SSE leaves', state: 'kept' },
  A3: { promise: 'The shorthand {"type":"message","content":"Hello"}', state: 'kept' },
  A4: { promise: '/session, /refresh and /threads answer 404 and name the one endpoint', state: 'kept' },
  A5: { promise: 'GET /api/chatkit/health', state: 'kept' },
  A6: { promise: 'JWT in production isolates users; development mode needs no login', state: 'kept' },
  A7: { promise: 'ChatKitServer for TypeScript, usable as a library in any fetch-style framework', state: 'kept' },
  A8: {
    promise: 'Store and AttachmentStore, each with a suite to check an own one',
    state: 'kept',
  },
  A9: { promise: 'Agents SDK bridge: agents, handoffs, tools and guardrails become ChatKit events', state: 'kept' },
  A10: {
    promise: 'MCP servers attached to agents, with signing in, approval and a file of the operator’s',
    state: 'kept',
  },
  A11: { promise: 'Any OpenAI-compatible model by base URL and key', state: 'kept' },
  A12: { promise: 'Data types and typed errors of the ChatKit server kit', state: 'kept' },
  A13: { promise: 'WebSocket streaming', state: 'kept' },
  A14: { promise: 'Rate limit per user, shared by several servers', state: 'kept' },
  A15: { promise: 'Cursor pagination, stable under equal timestamps and concurrent inserts', state: 'kept' },
  A16: { promise: 'Next.js proxy with Better Auth', state: 'kept' },
  A17: { promise: 'useChatKit and <ChatKit> of our own', state: 'kept' },
  A18: { promise: 'All environment variables of the seed', state: 'kept' },
  A19: { promise: 'PostgreSQL through DATABASE_URL, with the SQL views of the guide', state: 'kept' },
  A20: { promise: 'Metrics, for collectors and in the studio', state: 'kept' },
  A21: { promise: 'Expected times, measured in the benchmark', state: 'kept' },
  A22: { promise: 'Every listed failure names its cause and cure', state: 'kept' },
  B1: {
    promise: 'An open chatkit.js that real ChatKit pages use after changing one URL, with no third-party request',
    state: 'kept',
  },
  B2: { promise: 'Every option, method and event of the published types', state: 'kept' },
  B3: { promise: 'The hosted ChatKit API of the openai package', state: 'kept' },
  B4: { promise: 'Hosted mode with client secrets', state: 'kept' },
  B5: { promise: 'The React forms of the seed', state: 'kept' },
  B6: { promise: 'Every widget, and those of the page’s own; pictures of allowed hosts', state: 'kept' },
  B7: { promise: 'Reasoning and tool steps as collapsible items: collapsed, expanded or hidden', state: 'kept' },
  B8: {
    promise: 'Attachments: pick, drag and paste; previews, limits, signed addresses; text and pictures reach the model',
    state: 'kept',
  },
  B9: { promise: 'Dictation', state: 'kept' },
  B10: { promise: 'Workflow configuration by API', state: 'kept' },
  B11: { promise: 'Retry and fallback on errors; every error says what happened and what can be done', state: 'kept' },
  E1: {
    promise: 'Apps in code: a folder of TypeScript files, served as they are',
    state: 'part',
    missing: 'workflows, drafts',
  },
  E3: { promise: 'Agent Builder exports run as they are', state: 'part', missing: 'their import into the canvas' },
  E4: {
    promise:
      'Tools: web search, code interpreter in Python and JavaScript, HTTP, image generation, MCP; apps as MCP tools',
    state: 'kept',
  },
  E5: {
    promise: 'Knowledge bases: files of seven kinds, searched by words and meaning, cited with page and heading',
    state: 'kept',
  },
  E6: { promise: 'Runs survive a reload and a crash', state: 'part', missing: 'background runs' },
  E7: {
    promise: 'Studio: apps, a chat to try them, traces with tokens, cost and times, keys, knowledge, users',
    state: 'part',
    missing: 'the canvas, logs, feedback, usage charts, model settings and rate plans',
  },
  C2: {
    promise:
      'Keys as x-api-key or Bearer, bound to one app if so wanted; x-principal-user-id and organization-id name the person, noted in the log',
    state: 'kept',
  },
  C1: {
    promise:
      'LangGraph’s and Xpert’s API: assistants, threads, runs, their streams in both languages, conversations, files, knowledge, store, schedules',
    state: 'kept',
  },
  C4: { promise: 'Files are uploaded first and named in a run; the agent reads them', state: 'kept' },
  C6: {
    promise: 'useStream in Chromium: values, messages, updates, custom, events; stop, rejoin, reconnect, resume',
    state: 'kept',
  },
  C3: { promise: 'Xpert’s session bodies make client secrets', state: 'kept' },
  C5: {
    promise: 'Xpert’s embedded chat: its web component, and its options in our React package',
    state: 'kept',
  },
  C7: { promise: 'A client of our own with Xpert’s sub-clients', state: 'kept' },
  D1: {
    promise: 'An app’s API in the studio: addresses, named keys shown once, words to copy, its documentation',
    state: 'kept',
  },
  D2: { promise: 'The apps of a workspace, with paging and filters by mode and workspace', state: 'kept' },
  D3: {
    promise: 'Completion, chat and workflow runs, blocking and streaming, and their stop routes',
    state: 'part',
    missing: 'workflow apps, whose routes say so',
  },
  D5: { promise: 'conversation_id rules; inputs, and variables of a conversation', state: 'kept' },
  D6: {
    promise: 'Files, feedback, conversations, message history, suggested questions, app information, audio',
    state: 'kept',
  },
  D7: { promise: 'Error body and code table; rate plans per minute and per day', state: 'kept' },
  D8: { promise: 'dify-client and dify-ai-provider unchanged; the samples of the guide', state: 'kept' },
  D9: { promise: 'The client’s chat.create of the ClickAI guide', state: 'kept' },
}
