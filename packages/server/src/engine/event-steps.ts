import type { RunEvent, ThreadItem } from '@parley/protocol'
import { cloneJson } from '../base/json.js'
import { holdItem, storeHeld } from './held-item.js'
import type { LiveRun } from './live-run.js'
import type { NodeSpans } from './node-spans.js'
import type { Parts } from './parts.js'
import type { RunSteps } from './run-steps.js'
import { withCost } from './run-usage.js'
import { keepAdded, keepStored } from './stored-items.js'
import { isVisible, visibleThread } from './visible.js'
import { answersMessage } from './waiting-run.js'

/** What readers see of an event, if anything. */
type Forwarded = RunEvent | undefined
type Step<Event extends RunEvent> = <Context>(
  event: Event,
  run: LiveRun<Context>,
  parts: Parts<Context>,
) => Forwarded | Promise<Forwarded>

const forward = <Event extends RunEvent>(event: Event): Event => cloneJson(event)
const swallow = () => undefined

type StepEvent = Parameters<RunSteps['take']>[0]
type NodeEvent = Parameters<NodeSpans['take']>[0]
const isOfNode = (event: StepEvent): event is NodeEvent => event.type.startsWith('node.')

/** Kept with the end of the run. */
const step = <Event extends StepEvent, Context>(
  event: Event,
  run: LiveRun<Context>,
  { clock }: Parts<Context>,
): Event => {
  run.steps.take(event, clock.now())
  if (isOfNode(event)) run.nodeSpans.take(event, run.span)
  return forward(event)
}

/**
 * What each event of an app does on its way: first to the store, then to the readers. What is forwarded is a copy: the
 * app may go on changing its own objects. Source: the ChatKit server kit, section 2.4 of our notes on its wire.
 */
const STEPS: { [Type in RunEvent['type']]: Step<Extract<RunEvent, { type: Type }>> } = {
  'thread.item.added'(event, run) {
    run.pending.add(event.item)
    if (event.item.type === 'assistant_message') run.steps.said(event.item.id)
    return forwardItem(event, run)
  },
  'thread.item.updated'(event, run, parts) {
    run.pending.update(event.item_id, event.update)
    if (run.hiddenItemIds.has(event.item_id)) return undefined
    if (event.update.type !== 'assistant_message.content_part.text_delta') return forward(event)
    parts.partials.touch(run)
    return event // nothing but strings in it, and the log makes its own entry of them
  },
  async 'thread.item.done'(event, run, parts) {
    const { item } = event
    const told = forwardItem(event, run)
    holdItem(run, { item, told: told ? [told] : [] }, parts)
    if (item.type === 'assistant_message') {
      run.steps.said(item.id)
      run.failure = undefined // it has got over it
    }
    if (!run.call.app.worksAhead) await storeHeld(run, parts)
    return undefined // told once it is stored
  },
  async 'thread.item.removed'(event, run, { store }) {
    await store.deleteThreadItem(run.record.thread_id, event.item_id, run.call.context)
    run.pending.drop(event.item_id)
    run.questions.delete(event.item_id)
    return run.hiddenItemIds.has(event.item_id) ? undefined : forward(event)
  },
  async 'thread.item.replaced'(event, run, { store }) {
    const { item } = event
    const { thread_id } = run.record
    if (run.pending.has(item.id)) {
      await store.addThreadItem(thread_id, item, run.call.context)
      keepAdded(run, item)
    } else {
      await store.saveItem(thread_id, item, run.call.context) // perhaps an earlier run's: not ours to roll back
      keepStored(run, item)
    }
    return forwardItem(event, run) ?? { type: 'thread.item.removed', item_id: item.id }
  },
  'run.usage'(event, run) {
    run.usage = withCost(event.usage, run.cost)
    return forward({ ...event, usage: run.usage })
  },
  'run.waiting'(event, run) {
    if (event.reason === 'pause') run.isPausing = answersMessage(run.record)
    if (event.item_id) run.questions.set(event.item_id, event.reason)
    return undefined // told at the end, when it is true
  },
  'run.started': swallow, // both are the engine's to say
  'run.ended': swallow,
  'thread.created': (event) => ({ ...event, thread: visibleThread(cloneJson(event.thread)) }),
  'thread.updated': (event) => ({ ...event, thread: visibleThread(cloneJson(event.thread)) }),
  stream_options: forward,
  progress_update: forward,
  client_effect: forward,
  error(event, run) {
    run.failure = event
    return forward(event)
  },
  notice: forward,
  'run.annotated': forward,
  'node.started': step,
  'node.round_started': step,
  'node.round_finished': step,
  'node.retried': forward,
  'node.finished': step,
  'tool.started': step,
  'tool.arguments_delta': forward,
  'tool.finished'(event, run, parts) {
    run.passages.push(...(event.passages ?? []))
    return step(event, run, parts)
  },
  'reasoning.delta': forward,
}

/** Stores what the event asks for and answers what readers see of it; a promise only when something had to be stored. */
export function takeEvent<Context>(
  event: RunEvent,
  run: LiveRun<Context>,
  parts: Parts<Context>,
): Forwarded | Promise<Forwarded> {
  const take = STEPS[event.type] as Step<RunEvent> // the key picks its own function
  return take(event, run, parts)
}

/** Hidden items never leave, in no event. */
function forwardItem<Event extends RunEvent & { item: ThreadItem }>(
  event: Event,
  run: Pick<LiveRun<unknown>, 'hiddenItemIds'>,
): Event | undefined {
  if (isVisible(event.item)) {
    run.hiddenItemIds.delete(event.item.id)
    return forward(event)
  }
  run.hiddenItemIds.add(event.item.id)
  return undefined
}
