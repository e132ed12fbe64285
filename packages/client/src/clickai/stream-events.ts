import type { RetrieverResource, Usage } from './types.js'

/** What every event of a message says of it. */
interface OfMessage {
  task_id: string
  message_id: string
  created_at: number
  /** Absent in text generation. */
  conversation_id?: string
}

interface OfWorkflow<Data = Record<string, unknown>> extends Partial<OfMessage> {
  task_id: string
  workflow_run_id: string
  data: Data
}

/** A node that works in rounds. */
type OfRounds = { id: string; node_id: string; node_type: string; title: string } & Record<string, unknown>

/** A piece of the answer, to append. */
export interface AnswerChunk extends OfMessage {
  event: 'message' | 'agent_message'
  id: string
  answer: string
}

export type AnswerEvent =
  | AnswerChunk
  | (OfMessage & {
      event: 'agent_thought'
      id: string
      position: number
      thought: string
      observation: string
      tool: string
      tool_input: string
      message_files: string[]
    })
  | (OfMessage & { event: 'message_file'; id: string; type: string; belongs_to: string; url: string })
  | (OfMessage & { event: 'message_replace'; answer: string; reason?: string })
  | (OfMessage & { event: 'tts_message' | 'tts_message_end'; audio: string })
  | (OfMessage & {
      event: 'message_end'
      id: string
      metadata: { usage: Usage; retriever_resources?: RetrieverResource[] }
      files: unknown
    })

export type WorkflowEvent =
  | (OfWorkflow<{ id: string; workflow_id: string; inputs: Record<string, unknown>; created_at: number }> & {
      event: 'workflow_started'
    })
  | (OfWorkflow<{ id: string; node_id: string; node_type: string; title: string } & Record<string, unknown>> & {
      event: 'node_started' | 'node_finished' | 'node_retry'
    })
  | (OfWorkflow<{ text: string; from_variable_selector?: string[] }> & { event: 'text_chunk' | 'text_replace' })
  | (OfWorkflow<OfRounds> & { event: 'iteration_started' | 'iteration_completed' | 'loop_started' | 'loop_completed' })
  | (OfWorkflow<OfRounds & { index: number }> & { event: 'iteration_next' | 'loop_next' })
  | (OfWorkflow & {
      event: 'human_input_required' | 'human_input_form_filled' | 'human_input_form_timeout' | 'workflow_paused'
    })
  | (Partial<OfMessage> & { event: 'agent_log' | 'reasoning_chunk'; data: Record<string, unknown> })
  | (OfWorkflow<
      { id: string; status: string; outputs: Record<string, unknown> | null; error: string | null } & Record<
        string,
        unknown
      >
    > & { event: 'workflow_finished' })

/** What a stream holds: a chatflow tells of its steps beside its answer. An `error` event is thrown instead. */
export type ClickAIEvent = AnswerEvent | WorkflowEvent
