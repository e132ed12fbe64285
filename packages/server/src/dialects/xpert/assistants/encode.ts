import type { AnyApp } from '../../../catalog/workspace-apps.js'
import { NODE } from '../threads/encode.js'
import type { Assistant } from './schema.js'

/** Code has no date of its own. */
const OF_OLD = new Date(0).toISOString()

/** An app as an assistant: its own graph, under the same name. */
export function encodeAssistant<Context>(app: AnyApp<Context>): Assistant {
  if ('stored' in app) return encodeStored(app)
  const { id, aliases } = app.code
  return {
    ...common(id),
    name: id,
    description: null,
    version: 1,
    created_at: OF_OLD,
    updated_at: OF_OLD,
    metadata: { slug: aliases[0] ?? id, type: 'agent', title: id, created_by: 'system' },
  }
}

function encodeStored({ stored: { app } }: Extract<AnyApp<never>, { stored: unknown }>): Assistant {
  return {
    ...common(app.id),
    name: app.name,
    description: app.description ?? null,
    version: app.version,
    created_at: app.created_at,
    updated_at: app.updated_at,
    metadata: {
      ...app.metadata,
      workspaceId: app.workspace_id,
      slug: app.aliases[0] ?? app.id,
      type: 'agent',
      title: app.name,
    },
  }
}

const common = (id: string) => ({ assistant_id: id, graph_id: id, config: { configurable: {} }, context: {} })

/** Every app is one node, between the beginning and the end. */
export const GRAPH = {
  nodes: [
    { id: '__start__', type: 'schema', data: '__start__' },
    { id: NODE, type: 'runnable', data: { id: [NODE], name: NODE } },
    { id: '__end__', type: 'schema', data: '__end__' },
  ],
  edges: [
    { source: '__start__', target: NODE },
    { source: NODE, target: '__end__' },
  ],
}

/** Messages go in and come out. */
const STATE_SCHEMA = {
  title: 'State',
  type: 'object',
  properties: { messages: { title: 'Messages', type: 'array', items: { type: 'object' } } },
}

export const encodeSchemas = ({ graph_id }: Assistant) => ({
  graph_id,
  input_schema: { ...STATE_SCHEMA, title: 'Input', required: ['messages'] },
  output_schema: { ...STATE_SCHEMA, title: 'Output' },
  state_schema: STATE_SCHEMA,
  config_schema: null,
  context_schema: null,
})
