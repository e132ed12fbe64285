import type { RunEvent } from '@parley/protocol'
import type { HeldItem, LiveRun } from './live-run.js'
import type { Parts } from './parts.js'
import { keepAdded } from './stored-items.js'

/** Whether the run may end with this event and what is held: apps say last what they used, once. */
export const mayEndWith = ({ told }: HeldItem, { type }: RunEvent): boolean => type === 'run.usage' && told.length < 2

/** Keeps an item until the tick is over: an answer that ends its run is stored with the end, in one transaction. */
export function holdItem<Context>(run: LiveRun<Context>, held: HeldItem, parts: Parts<Context>): void {
  run.held = held
  parts.ticks.add(() => {
    if (run.held === held) storeHeld(run, parts)?.catch(() => undefined) // the run's loop meets the failure
  })
}

/** Stores and tells what is held, if anything. */
export function storeHeld<Context>(run: LiveRun<Context>, { store }: Parts<Context>): Promise<void> | undefined {
  const { held } = run
  if (held) held.storing ??= storeAndTell(run, held, store)
  return held?.storing
}

async function storeAndTell<Context>(
  run: LiveRun<Context>,
  held: HeldItem,
  store: Parts<Context>['store'],
): Promise<void> {
  await store.addThreadItem(run.record.thread_id, held.item, run.call.context)
  releaseHeld(run)
  for (const event of held.told) run.log.append(event)
}

/** Hands over what is held to whoever stores it. */
export function releaseHeld<Context>(run: LiveRun<Context>): HeldItem | undefined {
  const { held } = run
  run.held = undefined
  if (held) keepAdded(run, held.item)
  return held
}
