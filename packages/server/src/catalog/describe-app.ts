import type { AppMode, InputField } from '@parley/protocol'
import type { AppPresentation } from '@parley/protocol/admin'
import type { AnyApp } from './workspace-apps.js'

/** What is known of an app, whether it is code or was made here. */
export interface AppDescription {
  id: string
  name: string
  description: string
  mode: AppMode
  inputs: readonly InputField[]
  presentation: AppPresentation
  /** Absent: it came with the server. */
  createdAt?: string
}

export function describeApp(app: AnyApp<unknown>): AppDescription {
  if ('code' in app) {
    const { id, app: runnable, presentation = {} } = app.code
    const { mode = 'chat', inputs = [] } = runnable
    return { id, name: id, description: '', mode, inputs, presentation }
  }
  const { app: record, agent } = app.stored
  return {
    id: record.id,
    name: record.name,
    description: record.description ?? '',
    mode: agent.mode ?? (agent.tools.length > 0 ? 'agent-chat' : 'chat'),
    inputs: agent.inputs ?? [],
    presentation: record.presentation ?? {},
    createdAt: record.created_at,
  }
}
