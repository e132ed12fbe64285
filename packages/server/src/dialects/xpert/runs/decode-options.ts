import { ParleyError } from '@parley/protocol'
import type { StreamLanguage } from '@parley/protocol/admin'
import type { ActOptions } from '../../../engine/act-on-thread.js'
import type { ThreadPlaces } from '../../../engine/thread-places.js'
import { decodeModes } from './decode.js'
import type { RunBody } from './schema.js'

/** How a run is started, and what it is kept with: how it is shown to those who join it, and what a list of runs says. */
export const decodeOptions = (
  body: RunBody,
  { appId, passing, language }: { appId: string; passing: boolean; language: StreamLanguage },
): ActOptions & { request: Record<string, unknown> } => ({
  whenBusy: body.multitask_strategy ?? undefined,
  passing,
  branching: true,
  delayMs: (body.after_seconds ?? 0) * 1000 || undefined,
  metadata: body.metadata ?? undefined,
  request: {
    assistant_id: appId,
    stream_mode: [...decodeModes(body.stream_mode)],
    language,
    ...(body.feedback_keys?.length && { feedback_keys: body.feedback_keys }),
    ...(body.multitask_strategy && { multitask_strategy: body.multitask_strategy }),
  },
  placeIn: (places) => decodeCheckpoint(body, places),
})

/** The checkpoint a run goes on from. @throws {ParleyError} `invalid_request` */
function decodeCheckpoint(
  { checkpoint_id, checkpoint }: Pick<RunBody, 'checkpoint_id' | 'checkpoint'>,
  places: ThreadPlaces,
): string | undefined {
  const at = checkpoint_id ?? checkpoint?.checkpoint_id ?? undefined
  if (at === undefined || places.itemsUpTo(at)) return at
  throw new ParleyError('invalid_request', `checkpoint_id "${at}" is not a checkpoint of this thread.`)
}
