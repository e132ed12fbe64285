import { z } from 'zod'
import { errorSchema } from '../schema.js'
import { type GraphEventData, graphEventSchemas } from '../workflows/event-schema.js'
import { agentThoughtSchema, headSchema, metadataSchema } from './schema.js'

/** The events of an answer. Source: the ClickAI contract, section 10. */

/** Failures have no task any more; runs of a graph that is no conversation have no message. */
const head = headSchema.partial().shape
const event = <Name extends string, Shape extends z.core.$ZodShape>(name: Name, shape: Shape) =>
  z.object({ event: z.literal(name), ...head, ...shape })
const ofGraph = <Name extends keyof GraphEventData>(name: Name) =>
  event(name, { workflow_run_id: z.string(), data: graphEventSchemas[name] })

export const eventSchema = z
  .discriminatedUnion('event', [
    event('message', {
      id: z.string(),
      answer: z.string().describe('What the answer goes on with.'),
      from_variable_selector: z.array(z.string()).nullable(),
    }),
    event('agent_message', { id: z.string(), answer: z.string() }),
    event('agent_thought', agentThoughtSchema.shape),
    event('message_file', {
      id: z.string(),
      type: z.literal('image'),
      belongs_to: z.literal('assistant'),
      url: z.string(),
    }),
    event('message_replace', { answer: z.string(), reason: z.string() }),
    event('message_end', { id: z.string(), metadata: metadataSchema, files: z.null() }),
    event('tts_message', { audio: z.string().describe('MP3, in base64; the pieces follow each other.') }),
    event('tts_message_end', { audio: z.string() }),
    event('error', errorSchema.shape),
    ofGraph('workflow_started'),
    ofGraph('node_started'),
    ofGraph('node_finished'),
    ofGraph('node_retry'),
    ofGraph('iteration_started'),
    ofGraph('iteration_next'),
    ofGraph('iteration_completed'),
    ofGraph('loop_started'),
    ofGraph('loop_next'),
    ofGraph('loop_completed'),
    ofGraph('text_chunk'),
    ofGraph('text_replace'),
    ofGraph('reasoning_chunk'),
    ofGraph('agent_log'),
    ofGraph('human_input_required'),
    ofGraph('human_input_form_filled'),
    ofGraph('workflow_paused'),
    ofGraph('workflow_finished'),
  ])
  .meta({ id: 'ClickAiEvent' })

/** One event of an answer. */
export type StreamEvent = z.infer<typeof eventSchema>
/** One event of a kind. */
export type EventOf<Name extends StreamEvent['event']> = Extract<StreamEvent, { event: Name }>
/** What follows the head of an event. */
export type EventBody<Name extends StreamEvent['event']> = Omit<
  EventOf<Name>,
  'event' | keyof z.infer<typeof headSchema>
>
