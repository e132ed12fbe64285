import type { GuardedFetch } from '../../base/guarded-fetch.js'
import type { RunCode } from '../../base/run-code.js'
import type { ToolSecrets } from '../../base/tool-secrets.js'
import type { UserFacts } from '../../facts/user-facts.js'
import type { KnowledgeBases } from '../../knowledge/knowledge-bases.js'
import type { SteadyServer } from '../mcp/steady-server.js'
import type { StepLabels } from '../steps.js'
import type { SearchWeb } from './search-web.js'

/** What tools need of the server they run on. What is absent, agents do without. */
export interface Toolkit {
  /** Runs code that a model wrote. */
  runCode?: RunCode
  /** Searches the web. */
  searchWeb?: SearchWeb
  /** How places that a model or a stored app names are reached. */
  fetch?: GuardedFetch
  /** What HTTP tools of a workspace may send. */
  secrets?(workspaceId: string): ToolSecrets
  /** The MCP servers of a workspace, by id. */
  mcp?(workspaceId: string, serverId: string): Promise<SteadyServer>
  /** What apps remember about their users. */
  facts?: Pick<UserFacts, 'list' | 'remember' | 'forget'>
  /** Searches the knowledge bases of a workspace. */
  knowledge?: Pick<KnowledgeBases, 'search'>
}

/** How the steps of our own tools read. Only what was done though nothing came of it says so afterwards. */
export const TOOL_STEPS: StepLabels = {
  web_search: { title: 'Searching the web', done: 'Searched the web', icon: 'globe', argument: 'query' },
  read_page: { title: 'Reading a page', icon: 'document', argument: 'url' },
  generate_image: { title: 'Making a picture', icon: 'square-image', argument: 'prompt' },
  remember: { title: 'Remembering', icon: 'notebook', argument: 'fact' },
  recall: { title: 'Recalling', icon: 'notebook' },
  forget: { title: 'Forgetting', icon: 'notebook' },
  file_search: { title: 'Looking it up', done: 'Looked it up', icon: 'search' },
  code_interpreter: { title: 'Running code', done: 'Ran code', icon: 'square-code', argument: 'code' },
}
