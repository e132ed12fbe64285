import { z } from 'zod'

/** What the events of a graph tell, each in its `data`. Source: the ClickAI contract, sections 10.4 and 16. */

const anything = z.record(z.string(), z.unknown())
const seconds = z.int().describe('Unix time in seconds.')

export const RUN_STATUSES = ['running', 'succeeded', 'failed', 'stopped', 'partial-succeeded', 'paused'] as const

const nodeShape = {
  id: z.string().describe('Of this execution: a node may work several times.'),
  node_id: z.string(),
  node_type: z.string(),
  title: z.string(),
  index: z.int().describe('Counts the executions of the run from 1.'),
  predecessor_node_id: z.string().nullable(),
  inputs: anything.nullable(),
  inputs_truncated: z.boolean(),
  created_at: seconds,
  iteration_id: z.string().nullable().describe('The node of the iteration it works in.'),
  loop_id: z.string().nullable().describe('The node of the loop it works in.'),
}

const finishedNodeShape = {
  ...nodeShape,
  process_data: anything,
  process_data_truncated: z.boolean(),
  outputs: anything,
  outputs_truncated: z.boolean(),
  error: z.string().nullable(),
  elapsed_time: z.number().describe('In seconds.'),
  execution_metadata: anything.describe('What it took, and in which round it worked.'),
  finished_at: seconds,
  files: z.array(z.unknown()),
}

/** A node that works in rounds is told of by events of its own, and by no others. */
const roundsShape = (kind: 'iteration' | 'loop') => ({
  id: z.string().describe('Of the node.'),
  node_id: z.string(),
  node_type: z.literal(kind),
  title: z.string(),
  created_at: seconds,
  extras: anything,
})
const roundsStarted = (kind: 'iteration' | 'loop', metadata: z.ZodObject) =>
  z.object({ ...roundsShape(kind), metadata, inputs: anything, inputs_truncated: z.boolean() })
const roundsCompleted = (kind: 'iteration' | 'loop') =>
  z.object({
    ...roundsShape(kind),
    inputs: anything,
    inputs_truncated: z.boolean(),
    outputs: anything,
    outputs_truncated: z.boolean(),
    status: z.enum(['succeeded', 'failed']),
    error: z.string().nullable(),
    elapsed_time: z.number().describe('In seconds.'),
    total_tokens: z.int(),
    execution_metadata: anything.describe('What it took, and how long each round.'),
    finished_at: seconds,
    steps: z.int().describe('How many rounds there were.'),
  })
const length = z.int().describe('How many rounds there are, or may be at most.').optional()

const inputSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('paragraph'), output_variable_name: z.string(), default: z.null() }),
  z.object({
    type: z.literal('select'),
    output_variable_name: z.string(),
    option_source: z.object({ type: z.literal('constant'), selector: z.array(z.string()), value: z.array(z.string()) }),
  }),
])
const actionSchema = z.object({ id: z.string(), title: z.string(), button_style: z.enum(['primary', 'default']) })

const formShape = {
  form_content: z.string().describe('Markdown; `{{#$output.NAME#}}` stands where an input belongs.'),
  inputs: z.array(inputSchema),
  resolved_default_values: anything,
  expiration_time: seconds,
}

/** A form as its address shows it. */
export const formSchema = z.object({ ...formShape, user_actions: z.array(actionSchema) }).meta({ id: 'ClickAiForm' })
export type Form = z.infer<typeof formSchema>

const askedSchema = z.object({
  form_id: z.string(),
  node_id: z.string(),
  node_title: z.string(),
  ...formShape,
  actions: z.array(actionSchema),
  display_in_ui: z.boolean(),
  form_token: z.string().nullable().describe('Names the form: `/v1/form/human_input/{form_token}`.'),
})

/** Why a run waits. */
export const reasonsSchema = z.array(askedSchema.extend({ TYPE: z.literal('human_input_required') }))

const outcomeShape = {
  outputs: anything,
  elapsed_time: z.number().describe('In seconds.'),
  total_tokens: z.int(),
  total_steps: z.int(),
  created_at: seconds,
}

/** How a run of a graph ended. */
export const finishedSchema = z.object({
  id: z.string(),
  workflow_id: z.string(),
  status: z.enum(RUN_STATUSES),
  error: z.string().nullable(),
  ...outcomeShape,
  created_by: z.object({ id: z.string(), user: z.string() }),
  finished_at: seconds.nullable(),
  exceptions_count: z.int(),
  files: z.array(z.unknown()),
})

export const graphEventSchemas = {
  workflow_started: z.object({
    id: z.string(),
    workflow_id: z.string(),
    inputs: anything,
    created_at: seconds,
    reason: z.enum(['initial', 'resumption']),
  }),
  node_started: z.object({ ...nodeShape, extras: anything, agent_strategy: z.null() }),
  node_finished: z.object({
    ...finishedNodeShape,
    status: z
      .enum(['succeeded', 'failed', 'stopped', 'exception'])
      .describe('`exception`: it failed, and the run goes on all the same.'),
  }),
  node_retry: z.object({
    ...finishedNodeShape,
    status: z.literal('retry'),
    retry_index: z.int().describe('Counts from 1.'),
  }),
  iteration_started: roundsStarted('iteration', z.object({ iteration_length: length })),
  iteration_next: z.object({ ...roundsShape('iteration'), index: z.int().describe('The round that begins, from 0.') }),
  iteration_completed: roundsCompleted('iteration'),
  loop_started: roundsStarted('loop', z.object({ loop_length: length })),
  loop_next: z.object({
    ...roundsShape('loop'),
    index: z.int().describe('The round that begins; the first, 0, is told by `loop_started` alone.'),
    pre_loop_output: anything.describe('What came of the round before.'),
  }),
  loop_completed: roundsCompleted('loop'),
  text_chunk: z.object({ text: z.string(), from_variable_selector: z.array(z.string()).nullable() }),
  text_replace: z.object({ text: z.string() }),
  reasoning_chunk: z.object({
    message_id: z.string().nullable(),
    reasoning: z.string(),
    node_id: z.string().nullable(),
    is_final: z.boolean(),
  }),
  agent_log: z.object({
    node_execution_id: z.string().nullable(),
    id: z.string(),
    label: z.string(),
    parent_id: z.null(),
    error: z.null(),
    status: z.enum(['start', 'success']),
    data: anything,
    metadata: anything,
    node_id: z.string().nullable(),
  }),
  human_input_required: askedSchema,
  human_input_form_filled: z.object({
    node_id: z.string(),
    node_title: z.string(),
    rendered_content: z.string(),
    action_id: z.string(),
    action_text: z.string(),
    submitted_data: anything,
  }),
  workflow_paused: z.object({
    workflow_run_id: z.string(),
    paused_nodes: z.array(z.string()),
    reasons: reasonsSchema,
    status: z.literal('paused'),
    ...outcomeShape,
  }),
  workflow_finished: finishedSchema,
}

type Schemas = typeof graphEventSchemas
/** What each event of a graph tells. */
export type GraphEventData = { [Name in keyof Schemas]: z.infer<Schemas[Name]> }
/** One of these events, where it does not matter of which run. */
export type GraphEvent = { [Name in keyof Schemas]: { name: Name; data: GraphEventData[Name] } }[keyof Schemas]
