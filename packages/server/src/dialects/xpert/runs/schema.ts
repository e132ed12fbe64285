import { z } from 'zod'
import { isObject } from '../../../base/json.js'
import { metadataSchema, timeSchema } from '../assistants/schema.js'
import { NODE } from '../threads/encode.js'
import { threadValuesSchema, valuesSchema } from '../threads/schema.js'

export const STREAM_MODES = [
  'values',
  'updates',
  'messages-tuple',
  'messages',
  'custom',
  'events',
  'debug',
  'tasks',
  'checkpoints',
] as const
export type StreamMode = (typeof STREAM_MODES)[number]

const oneOrMore = <Entry extends z.ZodType>(entry: Entry) => z.union([entry, z.array(entry).max(32)])

/** An app is one node, beside which its tools have names. */
const breakpoints = z.union([z.literal('*'), z.array(z.string().min(1).max(200)).max(100)]).nullish()

/** Nothing ends inside of an app's one node that a client could stop behind. */
const nodes = z
  .union([
    z.literal('*'),
    z.array(z.literal(['*', NODE], `there is no such node in this graph: its one node is "${NODE}"`)).max(32),
  ])
  .nullish()

/** Feedback is asked for by names of the caller's own. */
const feedbackKeys = z.array(z.string().min(1).max(180)).max(32)

const MOST_SECONDS = 7 * 24 * 3600

/** Asked when the run has ended, through the guard of all outbound requests. */
const webhookSchema = z
  .string()
  .max(2000)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    return url !== undefined && /^https?:$/.test(url.protocol) && !url.username && !url.password
  }, 'it must be a full http or https address without a user name')
  .describe('An address that gets a POST with the run and its values when it has ended or waits. For API keys alone.')

/** `interrupt` ends a run in its place, `rollback` takes away what it wrote as well. */
export const multitaskSchema = z.enum(['reject', 'interrupt', 'rollback', 'enqueue'])

const commandSchema = z.looseObject({
  resume: z.unknown().optional(),
  update: z.unknown().optional(),
  goto: z.unknown().optional(),
})
export type RunCommand = z.infer<typeof commandSchema>

/** The body of every request that starts a run. Source: the Xpert contract, section 5.3. */
export const runSchema = z.looseObject({
  assistant_id: z.string().min(1).max(256),
  input: z.union([z.looseObject({}), z.null()]).optional(),
  files: z.array(z.looseObject({})).max(100).nullish(),
  command: commandSchema.nullish(),
  config: z.looseObject({ configurable: z.looseObject({}).nullish() }).nullish(),
  context: z.looseObject({}).nullish(),
  metadata: metadataSchema.nullish(),
  stream_mode: oneOrMore(z.enum(STREAM_MODES)).nullish(),
  stream_subgraphs: z.boolean().nullish().describe('Changes nothing: there are no graphs inside of the one node.'),
  stream_resumable: z.boolean().nullish().describe('Changes nothing: every stream can be joined again.'),
  durability: z
    .enum(['exit', 'async', 'sync'])
    .nullish()
    .describe('Changes nothing: what is said is kept as soon as it is complete.'),
  checkpoint_during: z.boolean().nullish().describe('Changes nothing, like `durability`, which took its place.'),
  checkpoint: z.looseObject({ checkpoint_id: z.string().nullish() }).nullish(),
  checkpoint_id: z.string().nullish(),
  multitask_strategy: multitaskSchema.nullish(),
  on_disconnect: z.enum(['cancel', 'continue']).nullish(),
  on_completion: z.enum(['complete', 'continue', 'delete', 'keep']).nullish(),
  if_not_exists: z.enum(['create', 'reject']).nullish(),
  after_seconds: z
    .number()
    .min(0)
    .max(MOST_SECONDS)
    .nullish()
    .describe('How long the run waits as `pending` before it begins; at most a week.'),
  webhook: webhookSchema.nullish(),
  feedback_keys: feedbackKeys
    .nullish()
    .describe(
      'The stream ends with the event `feedback`: for each key an address that takes what somebody thinks of the run.',
    ),
  interrupt_before: breakpoints.describe(
    '`["agent"]`: the run waits before the app has its turn; names of tools: before each of their calls; `["tools"]`: before any; `"*"`: before all of these. `input: null` goes on.',
  ),
  interrupt_after: nodes.describe('Nothing comes after the one node of an app, so the run ends there all the same.'),
})
export type RunBody = z.infer<typeof runSchema>

/**
 * `POST /runs/batch`. LangGraph's clients send each run with the names of its options as their callers write them:
 * `streamMode` is `stream_mode`.
 */
export const batchSchema = z
  .array(z.preprocess((run) => (isObject(run) ? { ...toSnakeCase(run), ...run } : run), runSchema))
  .min(1)
  .max(100)

const toSnakeCase = (run: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(run).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  )

/** What a run was started with, as `startRun` kept it. */
export const keptKeysSchema = z.object({ feedback_keys: feedbackKeys })

/** What somebody thinks of a run. Source: LangSmith's signed feedback addresses, which LangGraph's server hands out. */
export const runFeedbackSchema = z.object({
  score: z
    .union([z.number(), z.boolean()])
    .nullish()
    .describe('Above 0 it is a like, else a dislike. `null` takes back what was said before.'),
  value: z.unknown().optional().describe('Read as the score, or in words as the comment, where those are missing.'),
  comment: z.string().max(10_000).nullish(),
})
export type RunFeedback = z.infer<typeof runFeedbackSchema>

/** A state as LangGraph's clients send it. */
export const graphInputSchema = valuesSchema

/** The query of a reader of a run. */
export const joinQuerySchema = z.object({
  cancel_on_disconnect: z.enum(['0', '1', 'true', 'false']).optional(),
  stream_mode: oneOrMore(z.string()).optional(),
})

/** What the reader of a thread hears of. Source: `ThreadStreamMode` of LangGraph's clients. */
export const THREAD_MODES = ['run_modes', 'lifecycle', 'state_update'] as const
export type ThreadMode = (typeof THREAD_MODES)[number]

/** The query of a reader of a thread. */
export const threadStreamQuerySchema = z.object({
  stream_mode: oneOrMore(z.enum(THREAD_MODES))
    .default('run_modes')
    .describe(
      '`run_modes`: what each run was started to show, and when it is over; `lifecycle`: only when one begins and is over; `state_update`: changes by somebody else than a run.',
    ),
})

/** The query of an address that takes feedback. */
export const feedbackQuerySchema = z.object({ token: z.string().describe('What the server signed the address with.') })

export const cancelQuerySchema = z.object({
  wait: z.enum(['0', '1', 'true', 'false']).optional(),
  action: z.enum(['interrupt', 'rollback']).optional(),
})

const count = (most: number) => z.coerce.number().int().min(0).max(most)

export const RUN_STATUSES = ['pending', 'running', 'error', 'success', 'timeout', 'interrupted'] as const

export const listQuerySchema = z.object({
  limit: count(1000).default(10),
  offset: count(1_000_000).default(0),
  status: z.enum(RUN_STATUSES).optional(),
  select: oneOrMore(z.string()).optional(),
})

/** A run, as these clients know it. */
export const wireRunSchema = z
  .object({
    run_id: z.string(),
    thread_id: z.string(),
    assistant_id: z.string(),
    created_at: timeSchema,
    updated_at: timeSchema,
    status: z.enum(RUN_STATUSES),
    metadata: metadataSchema,
    kwargs: metadataSchema,
    multitask_strategy: multitaskSchema.nullable(),
  })
  .meta({ id: 'GraphRun' })
export type WireRun = z.infer<typeof wireRunSchema>

/** What waiting for a run's end answers: a state, and the answer alone as Xpert's clients read it. */
export const runResultSchema = threadValuesSchema
  .extend({ role: z.literal('ai'), content: z.string().describe('What the app said.') })
  .meta({ id: 'RunResult' })
export type RunResult = z.infer<typeof runResultSchema>

/** The same, or why the run failed. */
export const runEndSchema = z.union([
  runResultSchema,
  z.object({
    __error__: z
      .object({ error: z.string().describe('Its kind.'), message: z.string() })
      .describe('The run failed. The status is that of any other end, for the run itself was done.'),
  }),
])
