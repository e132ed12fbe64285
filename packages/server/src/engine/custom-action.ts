import { type Action, ParleyError, type ThreadItem, type WidgetItem } from '@parley/protocol'
import { cloneJson, sameJson } from '../base/json.js'
import type { Call, RunStream } from './engine.js'
import type { Parts } from './parts.js'
import { createCallContext } from './run-context.js'
import { readEntries } from './run-stream.js'
import type { ReadyAnswer, StartPlan } from './start-run.js'

/** What a person did in a widget, or the page on their behalf when no item is named. */
export interface ActionRequest {
  itemId?: string
  action: Action
}

export async function planCustomAction<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
  { action, itemId }: ActionRequest,
): Promise<StartPlan | ReadyAnswer> {
  const { store } = parts
  const thread = await store.loadThread(threadId, context)
  const sender = itemId === undefined ? null : await store.loadItem(threadId, itemId, context)
  if (sender && sender.type !== 'widget') return { answer: refuseAction(parts, context, threadId) }
  return { thread, trigger: { type: 'action', action, sender }, writes: {}, opening: { events: [] } }
}

/** An action on an item that has none: the stream says so and nothing runs. Source: the ChatKit server kit. */
function refuseAction<Context>(parts: Parts<Context>, context: Context, threadId: string): RunStream {
  const id = parts.ids('run', { context })
  return readEntries({ id, threadId, attempt: 1 }, [
    { sequence: 1, event: { type: 'run.started', run_id: id, thread_id: threadId, attempt: 1 } },
    { sequence: 2, event: { type: 'error', code: 'stream.error', allow_retry: false } },
    { sequence: 3, event: { type: 'run.ended', run_id: id, status: 'failed' } },
  ])
}

/** An action that is answered at once. The app stores what it wants to keep of the widget; the thread is stored here. */
export async function syncCustomAction<Context>(
  parts: Parts<Context>,
  { app, context }: Call<Context>,
  threadId: string,
  { action, itemId }: ActionRequest,
): Promise<{ updated_item?: ThreadItem }> {
  const loaded = await parts.store.loadThread(threadId, context)
  const sender = await loadSender(parts, context, threadId, itemId)
  if (!app.syncAction) throw new ParleyError('not_configured', 'This app answers no actions of this kind.')
  const running = parts.runs.activeOn(threadId)
  const thread = running?.thread ?? cloneJson(loaded) // a run that goes on stores and tells what changes in its thread
  const { updated_item } = await app.syncAction(action, sender, createCallContext(thread, context, parts))
  if (!running && !sameJson(thread, loaded)) await parts.store.saveThread(thread, context)
  return updated_item ? { updated_item } : {}
}

async function loadSender<Context>(
  { store }: Parts<Context>,
  context: Context,
  threadId: string,
  itemId: string | undefined,
): Promise<WidgetItem> {
  if (itemId === undefined) throw new ParleyError('invalid_request', 'This kind of action needs the id of its widget.')
  const item = await store.loadItem(threadId, itemId, context)
  if (item.type === 'widget') return item
  throw new ParleyError('conflict', 'Actions belong to widgets; this item is none.')
}
