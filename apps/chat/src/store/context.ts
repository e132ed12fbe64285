import type { CallInit, ChatKitClient } from '@parley/client'
import type { Environment } from './environment.js'
import type { LiveTexts } from './live-text.js'
import type { SendFile, SessionHost } from './session-contract.js'
import type { Store } from './store.js'

/** What the parts of a session share. */
export interface SessionContext {
  store: Store
  live: LiveTexts
  client: ChatKitClient
  host: SessionHost
  environment: Environment
  sendFile: SendFile
  /** Headers of every call: who is asking, and in which language. */
  headers(): Record<string, string>
}

/** Opens a streaming request; called again with the same idempotency key when a lost start is sent once more. */
export type OpenStream = (init: CallInit) => ReturnType<ChatKitClient['threads']['create']>

/** Reports a failure to the host page. */
export function reportError(host: SessionHost, error: unknown): void {
  host.emit('chatkit.error', { error: error instanceof Error ? error : new Error(String(error)) })
}
