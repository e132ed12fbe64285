import type { Attachment, InputValues, ThreadItem } from '@parley/protocol'
import type { FeedbackRecord, RunRecord, RunStep } from '../../../engine/engine.js'
import { answerOf, questionOf, type Turn } from '../../../engine/turns.js'
import { seconds } from '../encode-time.js'
import { kindOf } from '../files/encode.js'
import { sayForm } from '../workflows/encode-form.js'
import { ratingOf } from './encode-feedback.js'
import { encodeSources, encodeUsage } from './encode-metadata.js'
import { createThoughts } from './encode-thoughts.js'
import type { AgentThought, Message, MessageFile } from './schema.js'

/** What else is known of a turn. */
export interface TurnFacts {
  /** The run that answered; absent for what was said elsewhere. */
  run: RunRecord | undefined
  /** Whether its app tells its thoughts. */
  isAgent: boolean
  /** Whether its app runs a graph: it asks by forms alone, any other app in its answer too. */
  isGraph: boolean
  feedback: readonly FeedbackRecord[]
  inputs: InputValues
  parentId: string | null
  /** What is known of files beside their messages. */
  fileFacts(attachment: Attachment): FileFacts
}

export const messageIdOf = ({ question }: Turn, run: RunRecord | undefined): string => run?.id ?? question.id

export function encodeMessage(turn: Turn, facts: TurnFacts): Message {
  const { run, isAgent, isGraph, feedback, inputs, parentId, fileFacts } = facts
  const { question, answers } = turn
  const id = messageIdOf(turn, run)
  const spoken = answers.filter((item) => item.type === 'assistant_message')
  const opinion = feedback.find(({ subject_id }) => subject_id === id)
  const latencyMs = run?.ended_at ? Date.parse(run.ended_at) - Date.parse(run.created_at) : 0
  const usage = encodeUsage(run?.usage, latencyMs)
  const hasFailed = run?.status === 'failed' || run?.status === 'interrupted'
  return {
    id,
    conversation_id: question.thread_id,
    parent_message_id: parentId,
    inputs,
    query: questionOf(turn),
    answer: answerOf(turn, isGraph ? undefined : sayQuestion),
    status: hasFailed ? 'error' : 'normal',
    error: hasFailed ? (run.error?.message ?? 'The answer ended before it was complete.') : null,
    message_files: [
      ...question.attachments.map((file) => encodeFile(file, 'user', fileFacts(file))),
      ...answers.flatMap(encodeImage),
    ],
    feedback: opinion ? { rating: ratingOf(opinion) } : null,
    retriever_resources: encodeSources(run?.passages ?? [], spoken).map((one) => ({
      id: `${id}:${one.position}`,
      message_id: id,
      ...one,
    })),
    agent_thoughts: isAgent ? encodeThoughts(turn, run, id) : [],
    created_at: seconds(question.created_at),
    extra_contents: [],
    message_tokens: usage.prompt_tokens,
    answer_tokens: usage.completion_tokens,
    total_tokens: usage.total_tokens,
    provider_response_latency: usage.latency,
    total_price: usage.total_price,
    currency: usage.currency,
  }
}

const sayQuestion = (item: ThreadItem): string => (item.type === 'structured_input' ? sayForm(item) : '')

/** Where a file is read, and how long it is; `null`: nobody knows. */
export interface FileFacts {
  url: string
  size: number | null
}

const encodeFile = (
  file: Attachment,
  belongs_to: MessageFile['belongs_to'],
  { url, size }: FileFacts,
): MessageFile => ({
  id: file.id,
  filename: file.name,
  type: kindOf(file),
  url,
  mime_type: file.mime_type,
  size,
  transfer_method: 'local_file',
  belongs_to,
  upload_file_id: file.id,
})

function encodeImage(item: ThreadItem): MessageFile[] {
  if (item.type !== 'generated_image' || !item.image) return []
  const { id, url } = item.image
  const file: Attachment = { type: 'file', id, name: `${id}.png`, mime_type: 'image/png' }
  return [encodeFile(file, 'assistant', { url, size: null })]
}

/** What was told of its thoughts when they came: the last of each. */
function encodeThoughts({ question, answers }: Turn, run: RunRecord | undefined, messageId: string) {
  const last = new Map<string, AgentThought>()
  const thoughts = createThoughts(() => `${messageId}:${last.size + 1}`)
  const take = (all: AgentThought[]) => {
    for (const one of all) last.set(one.id, one)
  }
  const steps = (run?.steps ?? []).filter(({ kind }) => kind === 'tool')
  const takeSteps = (behind: string | undefined) => {
    let round: RunStep[] = []
    const endRound = () => {
      for (const { id, status, output } of round) if (status !== 'running') take(thoughts.answered(id, output))
      round = []
    }
    for (const step of steps) {
      if (step.behind_item_id !== behind) continue
      if (!step.is_beside) endRound()
      round.push(step)
      take(thoughts.called(step.id, step.name, step.input))
    }
    endRound()
  }
  takeSteps(undefined)
  for (const item of answers) {
    if (item.type === 'generated_image' && item.image) take(thoughts.made(item.image.id))
    if (item.type !== 'assistant_message') continue
    take(thoughts.said(item.content.map(({ text }) => text).join('')))
    takeSteps(item.id)
  }
  take(thoughts.ended())
  return [...last.values()].map((thought) => ({
    ...thought,
    chain_id: null,
    message_id: messageId,
    files: thought.message_files,
    created_at: seconds(question.created_at),
  }))
}
