import type { RequestListener, ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import type { ThreadItem, ThreadItemUpdate, ThreadStreamEvent } from '@parley/protocol'
import type { Tree } from '../../../apps/chat/src/samples/sample.js'
import { listenAnywhere, type Running } from './http.js'

export interface WidgetServer extends Running {
  /** Every request, in order. */
  readonly requests: { type: string; params: Record<string, unknown> }[]
  /** Lets a held answer go on, and holds the next one again. */
  release(): void
}

/** A widget that is updated while it streams; `hold` is awaited where the test wants to look. */
export interface LiveWidget {
  root: Tree
  updates(hold: () => Promise<void>): AsyncIterable<ThreadItemUpdate>
}

/** A widget sent at once, or one that is updated. */
export type WidgetScript = Tree | LiveWidget

function isLive(script: WidgetScript): script is LiveWidget {
  return typeof script.updates === 'function'
}

/**
 * A ChatKit server that answers a message with the widget of that name. A streamed action is answered, after `release`,
 * with its name; a sync action with the widget's `afterSync`.
 */
export async function startWidgetServer(widgets: Record<string, WidgetScript>, afterSync: Tree): Promise<WidgetServer> {
  const requests: WidgetServer['requests'] = []
  let release: () => void = () => undefined
  let held = new Promise<void>(() => undefined)
  const holdAgain = () => {
    held = new Promise((resolve) => {
      release = resolve
    })
  }
  holdAgain()
  let lastId = 0

  const widgetItem = (id: string, thread_id: string, widget: Tree): ThreadItem =>
    ({ id, thread_id, created_at: new Date().toISOString(), type: 'widget', widget }) as unknown as ThreadItem // may be wrong on purpose

  const listener: RequestListener = async (request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    if (request.method === 'OPTIONS') return response.writeHead(204).end()
    const body = JSON.parse(await readText(request)) as WidgetServer['requests'][number] // only our own client calls
    requests.push(body)
    const { params } = body
    const json = (value: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    if (body.type === 'threads.create' || body.type === 'threads.add_user_message')
      return stream(response, start(params.input as Input)) // the client's own shape
    if (body.type === 'threads.custom_action') return stream(response, act(params))
    if (body.type !== 'threads.sync_custom_action') return json({ data: [], has_more: false })
    return json({ updated_item: widgetItem(String(params.item_id), String(params.thread_id), afterSync) })
  }

  async function* start(input: Input): AsyncGenerator<ThreadStreamEvent> {
    const thread_id = `thr_${++lastId}`
    const created_at = new Date().toISOString()
    const id = `widget_${lastId}`
    yield {
      type: 'thread.created',
      thread: {
        id: thread_id,
        created_at,
        status: { type: 'active' },
        metadata: {},
        items: { data: [], has_more: false },
      },
    }
    yield {
      type: 'thread.item.done',
      item: { id: `msg_${lastId}`, thread_id, created_at, type: 'user_message', ...input },
    }
    const script = widgets[input.content[0]?.text ?? ''] ?? {}
    if (!isLive(script)) return yield { type: 'thread.item.done', item: widgetItem(id, thread_id, script) }
    yield { type: 'thread.item.added', item: widgetItem(id, thread_id, script.root) }
    for await (const update of script.updates(() => held)) yield { type: 'thread.item.updated', item_id: id, update }
  }

  async function* act({ thread_id, action }: Record<string, unknown>): AsyncGenerator<ThreadStreamEvent> {
    const item = { id: `answer_${++lastId}`, thread_id: String(thread_id), created_at: new Date().toISOString() }
    yield { type: 'thread.item.added', item: { ...item, type: 'assistant_message', content: [] } }
    await held
    const text = `Did ${(action as { type: string }).type}` // the client's own shape
    const content = [{ type: 'output_text' as const, text, annotations: [] }]
    yield { type: 'thread.item.done', item: { ...item, type: 'assistant_message', content } }
  }

  const running = await listenAnywhere(listener)
  return {
    ...running,
    requests,
    release() {
      release()
      holdAgain()
    },
  }
}

type Input = Omit<Extract<ThreadItem, { type: 'user_message' }>, 'id' | 'thread_id' | 'created_at' | 'type'>

async function stream(response: ServerResponse, events: AsyncIterable<ThreadStreamEvent>): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  for await (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`)
  response.end()
}
