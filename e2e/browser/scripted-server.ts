import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import type { Page, Thread, ThreadItem, ThreadStreamEvent, UserMessageItem } from '@parley/protocol'
import { listenAnywhere, type Running } from './support/http.js'
import type { TestApp, Turn } from './support/test-app.js'

/** The request headers a careful ChatKit server of somebody else allows; it has never heard of ours. */
const ALLOWED_HEADERS = 'authorization, content-type, accept-language, chatkit-frame-instance-id'

export interface ScriptedServer extends Running {
  /** Types of the requests so far, in order. */
  readonly seen: string[]
  /** Threads of a closed socket: the reference ends the answer there. */
  readonly left: string[]
  /** Answers every request from now on with this status; `null` ends that. */
  failWith(status: number | null): void
}

/** The fields of every request's `params`, as far as the answers below look at them. */
interface Params {
  thread_id?: string
  item_id?: string
  title?: string
  order?: 'asc' | 'desc'
  input?: Pick<UserMessageItem, 'content' | 'attachments' | 'inference_options' | 'quoted_text'>
  result?: unknown
}

interface StoredThread {
  id: string
  title?: string
  created_at: string
  items: ThreadItem[]
}

/**
 * A ChatKit server of somebody else, as small as the protocol allows: threads in memory, events framed as the reference
 * frames them, a closed socket ends the answer, unknown request types and headers are refused.
 */
export async function startScriptedServer(app: TestApp): Promise<ScriptedServer> {
  const threads = new Map<string, StoredThread>()
  const seen: string[] = []
  const left: string[] = []
  let failure: number | null = null
  let lastId = 0
  const newId = (prefix: string) => `${prefix}_${++lastId}`

  const listener: RequestListener = async (request, response) => {
    allowCors(request, response)
    if (request.method === 'OPTIONS') return response.writeHead(204).end()
    if (failure !== null) return response.writeHead(failure, { 'content-type': 'text/plain' }).end('Something broke')
    const body = JSON.parse(await readText(request)) as { type: string; params: Params } // only our own client calls
    seen.push(body.type)
    const answerJson = (value: unknown) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    const thread = threads.get(body.params.thread_id ?? '')

    const json = JSON_TYPES[body.type]
    if (json) return answerJson(json(threads, thread, body.params))
    const opened = openTurn(body.type, body.params, thread)
    if (!opened) return response.writeHead(400, { 'content-type': 'text/plain' }).end('Bad Request')
    await stream(response, opened.thread, opened.events, opened.turn)
  }

  function openTurn(type: string, params: Params, known: StoredThread | undefined) {
    const events: ThreadStreamEvent[] = []
    const thread = known ?? { id: newId('thr'), created_at: new Date().toISOString(), items: [] }
    if (type === 'threads.create') {
      threads.set(thread.id, thread)
      events.push({ type: 'thread.created', thread: toWire(thread) })
    } else if (!known) return undefined

    if (params.input) {
      const head = { id: newId('msg'), thread_id: thread.id, created_at: new Date().toISOString() }
      const item: ThreadItem = { ...head, type: 'user_message', ...params.input }
      thread.items.push(item)
      events.push({ type: 'thread.item.done', item })
      return { thread, events, turn: { text: textOf(item) } }
    }
    if (type === 'threads.retry_after_item') {
      const index = thread.items.findIndex(({ id }) => id === params.item_id)
      const item = thread.items[index]
      if (!item) return undefined
      thread.items.splice(index + 1)
      return { thread, events, turn: { text: textOf(item) } }
    }
    if (type === 'threads.add_client_tool_output') {
      const call = thread.items.at(-1)
      if (call?.type !== 'client_tool_call') return undefined
      Object.assign(call, { status: 'completed', output: params.result })
      return { thread, events, turn: { toolResult: params.result } }
    }
    return undefined
  }

  async function stream(response: ServerResponse, thread: StoredThread, first: ThreadStreamEvent[], turn: Turn) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    const send = (event: ThreadStreamEvent) => response.write(`data: ${JSON.stringify(event)}\n\n`)
    for (const event of first) send(event)
    response.write(': still here\n\n') // as servers and the proxies before them do
    send({ type: 'stream_options', stream_options: { allow_cancel: true } })
    response.once('close', () => {
      if (!response.writableFinished) left.push(thread.id)
    })
    for await (const event of app.answer(turn, { threadId: thread.id, newId })) {
      if (response.destroyed) return
      if (event.type === 'thread.item.done') thread.items.push(event.item)
      send(event)
    }
    if (!thread.title && first[0]?.type === 'thread.created') {
      thread.title = `About ${'text' in turn ? turn.text : 'a tool'}`
      send({ type: 'thread.updated', thread: toWire(thread) })
    }
    response.end()
  }

  const running = await listenAnywhere(listener)
  return {
    ...running,
    seen,
    left,
    failWith(status) {
      failure = status
    },
  }
}

type JsonAnswer = (threads: Map<string, StoredThread>, thread: StoredThread | undefined, params: Params) => unknown

const JSON_TYPES: Record<string, JsonAnswer> = {
  'threads.list': (threads) => pageOf([...threads.values()].reverse().map((thread) => toWire(thread))),
  'threads.get_by_id': (_, thread) => thread && toWire(thread, thread.items),
  'items.list': (_, thread, { order }) => {
    const items = [...(thread?.items ?? [])]
    return pageOf(order === 'asc' ? items : items.reverse())
  },
  'threads.update': (_, thread, { title }) => thread && toWire(Object.assign(thread, { title })),
  'threads.delete': (threads, thread) => {
    if (thread) threads.delete(thread.id)
    return {}
  },
  'items.feedback': () => ({}),
}

function toWire({ id, title, created_at }: StoredThread, items: ThreadItem[] = []): Thread {
  return { id, ...(title && { title }), created_at, status: { type: 'active' }, metadata: {}, items: pageOf(items) }
}

function pageOf<Entry>(data: Entry[]): Page<Entry> {
  return { data, has_more: false }
}

function textOf(item: ThreadItem): string {
  if (item.type !== 'user_message') return ''
  return item.content.map((part) => part.text).join('')
}

function allowCors(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
  response.setHeader('access-control-allow-headers', ALLOWED_HEADERS)
  response.setHeader('access-control-allow-methods', 'POST')
}
