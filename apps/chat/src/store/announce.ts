import type { SessionHost } from './session-contract.js'
import type { ChatState } from './state.js'

/** Tells the host page what changed from one state to the next, in ChatKit's events. */
export function announce(before: ChatState, after: ChatState, host: SessionHost): void {
  const wasLoading = before.loading === 'thread'
  const isLoading = after.loading === 'thread'
  const wasIdle = before.run.phase === 'idle'
  const isIdle = after.run.phase === 'idle'

  if (isLoading && (!wasLoading || before.threadId !== after.threadId)) {
    host.emit('chatkit.thread.load.start', { threadId: after.threadId })
  }
  if (before.threadId !== after.threadId) host.emit('chatkit.thread.change', { threadId: after.threadId })
  if (wasLoading && (!isLoading || before.threadId !== after.threadId)) {
    host.emit('chatkit.thread.load.end', { threadId: before.threadId })
  }
  if (wasIdle && !isIdle) host.emit('chatkit.response.start')
  if (!wasIdle && isIdle) host.emit('chatkit.response.end')
  if (before.composer.toolId !== after.composer.toolId) {
    host.emit('chatkit.tool.change', { toolId: after.composer.toolId })
  }
  if (before.view !== after.view) host.emit(after.view === 'history' ? 'chatkit.history.open' : 'chatkit.history.close')
}
