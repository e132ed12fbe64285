import { toWire } from '../transport/to-wire.js'
import type { CallInit } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import type { RuntimeCapabilitiesResponse } from './capabilities.js'
import { PAGE, type SearchQuery } from './queries.js'
import type { Assistant, AssistantGraph, AssistantVersion, Config, GraphSchema, Metadata } from './types.js'

/** What an assistant is made from, or changed to. */
export interface AssistantChange {
  graphId?: string | undefined
  name?: string | undefined
  description?: string | undefined
  config?: Config | undefined
  context?: unknown | undefined
  metadata?: Metadata | undefined
}

export interface NewAssistant extends AssistantChange {
  graphId: string
  assistantId?: string | undefined
  ifExists?: 'raise' | 'do_nothing' | undefined
}

export interface AssistantsOf extends SearchQuery<'assistant_id' | 'graph_id' | 'name' | 'created_at' | 'updated_at'> {
  graphId?: string | undefined
  name?: string | undefined
}

/** What a key may talk to: apps of the workspace. */
export const assistantsOf = ({ get, post, search, patch, delete: remove }: Verbs) => ({
  get: (assistantId: string, init?: CallInit) => get<Assistant>(at('/assistants', assistantId), undefined, init),
  search: (query: AssistantsOf = {}, init?: CallInit) =>
    search<Assistant[]>('/assistants/search', toWire({ ...PAGE, ...query }), init),
  count: (query: Pick<AssistantsOf, 'graphId' | 'name' | 'metadata'> = {}, init?: CallInit) =>
    search<number>('/assistants/count', toWire(query), init),
  create: (assistant: NewAssistant, init?: CallInit) => post<Assistant>('/assistants', toWire(assistant), init),
  update: (assistantId: string, change: AssistantChange, init?: CallInit) =>
    patch<Assistant>(at('/assistants', assistantId), toWire(change), init),
  delete: (assistantId: string, options: { deleteThreads?: boolean } = {}, init?: CallInit) =>
    remove<void>(at('/assistants', assistantId), undefined, { query: toWire(options), ...init }),
  getVersions: (assistantId: string, query: SearchQuery = {}, init?: CallInit) =>
    search<AssistantVersion[]>(`${at('/assistants', assistantId)}/versions`, toWire({ ...PAGE, ...query }), init),
  setLatest: (assistantId: string, version: number, init?: CallInit) =>
    post<Assistant>(`${at('/assistants', assistantId)}/latest`, { version }, init),
  getGraph: (assistantId: string, options: { xray?: boolean | number } = {}, init?: CallInit) =>
    get<AssistantGraph>(`${at('/assistants', assistantId)}/graph`, options, init),
  getSchemas: (assistantId: string, init?: CallInit) =>
    get<GraphSchema>(`${at('/assistants', assistantId)}/schemas`, undefined, init),
  getSubgraphs: (assistantId: string, options: { namespace?: string; recurse?: boolean } = {}, init?: CallInit) => {
    const { namespace, recurse } = options
    const path = `${at('/assistants', assistantId)}/subgraphs`
    return get<Record<string, GraphSchema>>(namespace ? at(path, namespace) : path, { recurse }, init)
  },
  /** What a person can switch on for a run with it. */
  getRuntimeCapabilities: (assistantId: string, { isDraft, ...init }: CallInit & { isDraft?: boolean } = {}) =>
    get<RuntimeCapabilitiesResponse>(`${at('/assistants', assistantId)}/runtime-capabilities`, { isDraft }, init),
})
