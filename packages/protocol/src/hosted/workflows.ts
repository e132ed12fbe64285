import type { AgentTool } from '../admin/apps.js'

/** An agent that a server made, which sessions name as their workflow. Parley's own: the guide of seed 003 calls it so. */
export interface HostedWorkflow {
  id: string
  object: 'workflow'
  name: string
  description: string | null
  /** The version that answers; every change of the agent makes a new one. */
  version: string
  /** What has been stored answers at once. */
  status: 'published'
  /** `null`: the server's own default. */
  model: string | null
  instructions: string
  temperature: number | null
  tools: AgentTool[]
  /** Unix seconds. */
  created_at: number
}

/** What a new workflow is made from; a tool without settings may be its bare name, e.g. `web_search`. */
export interface HostedWorkflowParams {
  name: string
  description?: string | null
  model?: string | null
  instructions?: string
  temperature?: number | null
  tools?: (AgentTool['type'] | AgentTool)[]
}
