import type { CallInit } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'

/** A program that an agent runs beside a conversation. Source: the Xpert contract, section 5.10. */
export interface SandboxManagedService {
  id?: string
  conversationId: string
  provider: string
  name: string
  command: string
  workingDirectory: string
  requestedPort?: number | null
  actualPort?: number | null
  previewPath?: string | null
  status: SandboxManagedServiceStatus
  runtimeRef?: unknown
  transportMode?: SandboxManagedServiceTransportMode | null
  ownerExecutionId?: string | null
  ownerAgentKey?: string | null
  startedAt?: string | null
  stoppedAt?: string | null
  exitCode?: number | null
  signal?: string | null
  metadata?: unknown
  previewUrl?: string | null
}

export type SandboxManagedServiceStatus = 'starting' | 'running' | 'stopping' | 'stopped' | 'failed' | 'lost'
export type SandboxManagedServiceTransportMode = 'none' | 'http'

export interface SandboxManagedServiceEnvEntry {
  name: string
  value: string
}

export interface SandboxManagedServiceStartInput {
  name: string
  command: string
  cwd?: string | null
  port?: number | null
  previewPath?: string | null
  readyPattern?: string | null
  env?: SandboxManagedServiceEnvEntry[]
  replaceExisting?: boolean
}

export interface SandboxManagedServiceLogs {
  stderr: string
  stdout: string
}

export interface SandboxManagedServicePreviewSession {
  expiresAt: string
  previewUrl: string
}

export interface SandboxOptions extends CallInit {
  organizationId?: string | undefined
}

/**
 * Services beside a conversation, by its own id or its thread's: where Xpert's client has them. Apps of a Parley server
 * run none: lists are empty, and everything else is `not_found`.
 */
export const sandboxOf = ({ get, post }: Verbs, baseURL: string) => {
  const below = (kind: '/conversations' | '/threads') => {
    const services = (id: string, ...more: string[]) => at(`${at(kind, id)}/services`, ...more)
    const reading =
      <Answer>(deed?: string) =>
      (id: string, serviceId: string, { signal, headers, ...query }: SandboxOptions & { tail?: number } = {}) =>
        get<Answer>(services(id, serviceId, ...(deed ? [deed] : [])), query, { signal, headers })
    const doing =
      <Answer>(deed: string) =>
      (id: string, serviceId: string, { signal, headers, ...query }: SandboxOptions = {}) =>
        post<Answer>(services(id, serviceId, deed), undefined, { query, signal, headers })
    return {
      list: (id: string, { signal, headers, ...query }: SandboxOptions = {}) =>
        get<SandboxManagedService[]>(services(id), query, { signal, headers }),
      start: (id: string, input: SandboxManagedServiceStartInput, { signal, headers, ...query }: SandboxOptions = {}) =>
        post<SandboxManagedService>(services(id, 'start'), input, { query, signal, headers }),
      get: reading<SandboxManagedService>(),
      logs: reading<SandboxManagedServiceLogs>('logs'),
      stop: doing<SandboxManagedService>('stop'),
      restart: doing<SandboxManagedService>('restart'),
      preview: doing<SandboxManagedServicePreviewSession>('preview-session'),
    }
  }
  const ofConversation = below('/conversations')
  const ofThread = below('/threads')
  return {
    listConversationServices: ofConversation.list,
    listThreadServices: ofThread.list,
    getConversationService: ofConversation.get,
    getThreadService: ofThread.get,
    startConversationService: ofConversation.start,
    startThreadService: ofThread.start,
    getConversationServiceLogs: ofConversation.logs,
    getThreadServiceLogs: ofThread.logs,
    stopConversationService: ofConversation.stop,
    stopThreadService: ofThread.stop,
    restartConversationService: ofConversation.restart,
    restartThreadService: ofThread.restart,
    createConversationServicePreviewSession: ofConversation.preview,
    createThreadServicePreviewSession: ofThread.preview,
    /** Where a page shows the service. */
    getConversationServiceProxyUrl: (conversationId: string, serviceId: string, path = '/') =>
      `${baseURL}${at(`${at('/conversations', conversationId)}/services`, serviceId)}/proxy${path.startsWith('/') ? path : `/${path}`}`,
  }
}
