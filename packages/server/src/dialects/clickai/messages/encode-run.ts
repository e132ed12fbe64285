import {
  type AppMode,
  type AssistantMessageItem,
  type ErrorEvent,
  type FoundPassage,
  matchType,
  type RunAnnotatedEvent,
  type RunEndedEvent,
  type RunEvent,
  type RunUsage,
  type StructuredInputItem,
  type ThreadItem,
  type ThreadItemUpdatedEvent,
  type TypeTable,
} from '@parley/protocol'
import { seconds } from '../encode-time.js'
import { INTERNAL, streamErrorOf } from '../errors.js'
import type { ErrorBody } from '../schema.js'
import { ASKING, encodeAsked, sayForm } from '../workflows/encode-form.js'
import { createGraphEncoder, type GraphFacts } from '../workflows/encode-graph.js'
import type { GraphEvent } from '../workflows/event-schema.js'
import { encodeAnnotationReply, encodeSources, encodeUsage } from './encode-metadata.js'
import { createThoughts } from './encode-thoughts.js'
import type { EventBody, StreamEvent } from './event-schema.js'
import type { AgentThought, BlockingAnswer, MessageHead } from './schema.js'

export interface RunEncoding {
  mode: AppMode
  run: { id: string; threadId: string }
  userId: string
  /** What is told of a graph besides its answer. Absent: the app runs none. */
  graph?: Pick<GraphFacts, 'workflowId' | 'inputs' | 'startedAt' | 'before'> | undefined
  now(): Date
  newId(): string
}

/** The events of one run in the words of this API: often one for one, sometimes none. */
export interface RunEncoder {
  encode(event: RunEvent): StreamEvent[]
}

const none = (): StreamEvent[] => []

export function createRunEncoder({ mode, run, userId, graph: facts, now, newId }: RunEncoding): RunEncoder {
  const isAgent = mode === 'agent-chat'
  const isOnlyGraph = mode === 'workflow'
  const graph = facts && createGraphEncoder({ ...facts, runId: run.id, userId, isChat: !isOnlyGraph, now, newId })
  const thoughts = createThoughts(newId)
  /** What was told of each assistant message, in their order. */
  const told = new Map<string, string>()
  const answers = new Map<string, AssistantMessageItem>()
  const conversation = mode === 'completion' ? {} : { conversation_id: run.threadId }
  let head: MessageHead = { ...conversation, message_id: run.id, created_at: seconds(now()), task_id: run.id }
  let begunAt = now().getTime()
  let usage: RunUsage | undefined
  const passages: FoundPassage[] = []
  let failure: ErrorEvent | undefined
  let annotated: RunAnnotatedEvent | undefined

  const event = <Name extends StreamEvent['event']>(name: Name, body: EventBody<Name>): StreamEvent =>
    ({ event: name, ...head, ...body }) as unknown as StreamEvent // a name and the body that belongs to it
  const thought = (all: AgentThought[]): StreamEvent[] => (isAgent ? all.map((one) => event('agent_thought', one)) : [])
  const ofGraph = (all: GraphEvent[] = []): StreamEvent[] =>
    all.map(({ name, data }) => {
      const rest = { workflow_run_id: run.id, data } as EventBody<GraphEvent['name']> // a name and its own data
      return isOnlyGraph ? onlyGraph(name, rest) : event(name, rest)
    })
  const onlyGraph = (name: GraphEvent['name'], { workflow_run_id, data }: EventBody<GraphEvent['name']>) =>
    ({ event: name, workflow_run_id, task_id: run.id, data }) as StreamEvent // likewise
  const wholeAnswer = () => [...told.values()].filter((text) => text !== '').join(BETWEEN)

  function begin(item: Extract<ThreadItem, { type: 'user_message' }>): StreamEvent[] {
    begunAt = Date.parse(item.created_at)
    head = { ...head, created_at: seconds(new Date(item.created_at)) }
    return ofGraph(graph?.started(item.content.map((part) => part.text).join(''), 'initial'))
  }

  function say(itemId: string, text: string): StreamEvent[] {
    if (text === '') return []
    const known = told.get(itemId) ?? ''
    const isNext = known === '' && wholeAnswer() !== ''
    told.set(itemId, known + text)
    const answer = isNext ? BETWEEN + text : text
    if (isOnlyGraph) return ofGraph([...(graph?.reasoned() ?? []), ...(graph?.text(answer) ?? [])])
    if (isAgent) return [...thought(thoughts.said(text)), event('agent_message', { id: head.message_id, answer })]
    const from_variable_selector = graph?.selector() ?? null
    return [...ofGraph(graph?.reasoned()), event('message', { id: head.message_id, answer, from_variable_selector })]
  }

  const replace = (): StreamEvent[] =>
    isOnlyGraph
      ? ofGraph(graph?.replaced(wholeAnswer()))
      : [event('message_replace', { answer: wholeAnswer(), reason: 'output_moderation' })]

  /** What was told already is not told again; what was not what it says now is replaced. */
  function settle(item: AssistantMessageItem): StreamEvent[] {
    answers.set(item.id, item)
    const text = item.content.map((part) => part.text).join('')
    const known = told.get(item.id) ?? ''
    if (text.startsWith(known)) return say(item.id, text.slice(known.length))
    told.set(item.id, text)
    return replace()
  }

  function finish(item: ThreadItem): StreamEvent[] {
    if (item.type === 'user_message') return begin(item)
    if (item.type === 'assistant_message') return settle(item)
    if (item.type === 'widget') return say(item.id, item.copy_text ?? '')
    if (item.type === 'structured_input') return graph ? ofGraph(graph.asked(item)) : ask(item)
    if (item.type !== 'generated_image' || !item.image || isOnlyGraph) return []
    const { id, url } = item.image
    return [event('message_file', { id, type: 'image', belongs_to: 'assistant', url }), ...thought(thoughts.made(id))]
  }

  /** Whoever shows nothing but text reads what is asked; whoever knows forms has the token of this one. */
  function ask(form: StructuredInputItem): StreamEvent[] {
    if (form.status !== 'pending') return []
    const data = encodeAsked(form, { node: ASKING, userId })
    return [...say(form.id, sayForm(form)), event('human_input_required', { workflow_run_id: run.id, data })]
  }

  function remove(itemId: string): StreamEvent[] {
    answers.delete(itemId)
    const known = told.get(itemId) ?? ''
    told.delete(itemId)
    return known === '' ? [] : replace()
  }

  /** A graph says how it ended behind its answer, and before what went wrong. */
  function end({ status, error }: RunEndedEvent): StreamEvent[] {
    const wrong = failure && streamErrorOf(failure, error?.code)
    const outcome = { status, answer: wholeAnswer(), error: wrong?.message ?? null, usage }
    if (graph && status === 'waiting') return ofGraph(graph.paused(outcome))
    const finished = ofGraph(graph?.finished(outcome))
    if (isOnlyGraph) return finished
    return wrong ? [...finished, fail(wrong)] : [...endMessage(), ...finished]
  }

  function endMessage(): StreamEvent[] {
    const metadata = {
      usage: encodeUsage(usage, now().getTime() - begunAt),
      retriever_resources: encodeSources(passages, [...answers.values()]),
      ...(annotated && { annotation_reply: encodeAnnotationReply(annotated) }),
    }
    return [...thought(thoughts.ended()), event('message_end', { id: head.message_id, metadata, files: null })]
  }

  function fail(error: ErrorBody): StreamEvent {
    const { task_id: _, ...place } = head
    return { event: 'error', ...place, ...error }
  }

  const table: TypeTable<RunEvent, StreamEvent[]> = {
    'thread.item.updated': ({ item_id, update }) => say(item_id, textOf(update)),
    'thread.item.done': ({ item }) => finish(item),
    'thread.item.replaced': ({ item }) => finish(item),
    'thread.item.removed': ({ item_id }) => remove(item_id),
    'tool.started': (tool) => [
      ...thought(thoughts.called(tool.call_id, tool.name, tool.arguments)),
      ...ofGraph(graph?.tool(tool)),
    ],
    'tool.finished': ({ passages: found = [], ...tool }) => {
      passages.push(...found)
      return [...thought(thoughts.answered(tool.call_id, tool.output)), ...ofGraph(graph?.tool(tool))]
    },
    'run.usage': (event) => {
      usage = event.usage
      return []
    },
    'run.annotated': (event) => {
      annotated = event
      return []
    },
    'run.started': ({ attempt }) => (attempt > 1 ? ofGraph(graph?.started('', 'resumption')) : []),
    'run.ended': end,
    'run.waiting': none,
    error(event) {
      failure ??= event
      return []
    },
    'thread.created': none,
    'thread.updated': none,
    'thread.item.added': none,
    'node.started': (event) => ofGraph(graph?.nodeStarted(event)),
    'node.round_started': (event) => ofGraph(graph?.roundStarted(event)),
    'node.round_finished': (event) => ofGraph(graph?.roundFinished(event)),
    'node.retried': (event) => ofGraph(graph?.nodeRetried(event)),
    'node.finished': (event) => ofGraph(graph?.nodeFinished(event)),
    'tool.arguments_delta': none,
    'reasoning.delta': ({ delta }) => ofGraph(graph?.reasoning(delta)),
    stream_options: none,
    progress_update: none,
    client_effect: none,
    notice: none,
  }
  return { encode: (event) => matchType(event, table) }
}

/** Between two messages of one answer. */
const BETWEEN = '\n\n'

function textOf(update: ThreadItemUpdatedEvent['update']): string {
  if (update.type === 'assistant_message.content_part.text_delta') return update.delta
  return update.type === 'assistant_message.content_part.added' ? update.content.text : ''
}

/** An event as it is written: the type is a member of the JSON. */
export const encodeSse = (event: StreamEvent | object): string => `data: ${JSON.stringify(event)}\n\n`

/** What the events of a whole run come to. */
export function foldAnswer(events: readonly StreamEvent[], mode: AppMode): BlockingAnswer | ErrorBody {
  let answer = ''
  for (const event of events) {
    if (event.event === 'error') {
      const { code, status, message } = event
      return { code, status, message }
    }
    if (event.event === 'message' || event.event === 'agent_message') answer += event.answer
    if (event.event === 'message_replace') answer = event.answer
    if (event.event === 'message_end') {
      const { id, metadata, event: _, files: __, ...head } = event
      return { event: 'message', ...(head as MessageHead), id, mode, answer, metadata }
    }
    if (event.event === 'workflow_paused') {
      const { workflow_run_id, data, event: _, ...head } = event
      const metadata = {
        usage: encodeUsage({ ...NO_USAGE, total_tokens: data.total_tokens }, data.elapsed_time * 1000),
      }
      const paused = { workflow_run_id, data, metadata: { ...metadata, retriever_resources: [] } }
      return { event: 'workflow_paused', ...(head as MessageHead), id: workflow_run_id, mode, answer, ...paused }
    }
  }
  return INTERNAL
}

const NO_USAGE = { input_tokens: 0, output_tokens: 0 }
