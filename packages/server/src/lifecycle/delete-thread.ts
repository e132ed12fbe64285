import { ParleyError } from '@parley/protocol'
import type { Engine } from '../engine/engine.js'
import { WITHOUT_APP } from '../engine/workspace-threads.js'
import type { Scope } from '../storage/store.js'
import type { OwnedThread } from '../storage/workspace-store.js'

/** Ends what runs on somebody's thread and removes it with its items, runs and files. They may have been quicker. */
export async function deleteThread<Context>(
  { engine, contextOf }: { engine: Engine<Context>; contextOf(owner: Scope): Context },
  { thread, owner }: OwnedThread,
): Promise<void> {
  await engine.deleteThread({ app: WITHOUT_APP, context: contextOf(owner) }, thread.id).catch((thrown: unknown) => {
    if (!(thrown instanceof ParleyError && thrown.code === 'thread_not_found')) throw thrown
  })
}
