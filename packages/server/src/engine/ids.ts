import type { ThreadMetadata } from '@parley/protocol'
import { randomId } from '../base/random-id.js'
import type { IdKind } from '../storage/store.js'

/** Makes every id of the engine. `about` is for those who number threads or items per user. */
export type MakeId<Context> = (kind: IdKind | 'run', about: { context: Context; thread?: ThreadMetadata }) => string

// Source: the ChatKit server kit's default ids, made longer: 8 characters collide.
const PREFIXES: Record<IdKind | 'run', string> = {
  thread: 'thr',
  message: 'msg',
  tool_call: 'tc',
  task: 'tsk',
  workflow: 'wf',
  attachment: 'atc',
  sdk_hidden_context: 'shcx',
  run: 'run',
}

export const defaultIds: MakeId<unknown> = (kind) => randomId(PREFIXES[kind])
