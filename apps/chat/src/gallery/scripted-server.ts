import type { ThreadItem, ThreadStreamEvent } from '@parley/protocol'
import { threadOf } from '../testing/builders.js'
import { streamOf } from '../testing/scripted-transport.js'
import { replayItem } from './replay.js'
import { questionItem, type Scene, STORED } from './scene.js'

/** Between two events of a stream: quick to watch, slow enough to see. */
const MOMENT_MS = 22

interface Request {
  type: string
  params: Record<string, unknown>
}

type Hear = (name: string, detail: unknown) => void

/**
 * A ChatKit server in the page, given to the chat as `api.fetch`: it holds one thread, the scene's, and streams the
 * scene as the answer to whatever is asked. What it hears it tells.
 */
export function createScriptedFetch(getScene: () => Scene, hear: Hear): typeof fetch {
  const answers: Record<string, (scene: Scene, request: Request) => Response> = {
    'threads.get_by_id': (scene) =>
      Response.json(threadOf('sample', { items: { data: itemsOf(scene), has_more: false } })),
    'threads.list': () => Response.json({ data: [], has_more: false }),
    'items.list': (scene) => Response.json({ data: itemsOf(scene).toReversed(), has_more: false }),
    'items.feedback': () => Response.json({}),
    'threads.create': (scene, { params }) =>
      streamOf(paced([{ type: 'thread.created', thread: threadOf('sample') }, ...turn(scene, params)], scene)),
    'threads.add_user_message': (scene, { params }) => streamOf(paced(turn(scene, params), scene)),
    'threads.sync_custom_action': () => Response.json({}),
  }
  return async (_, init) => {
    const request: Request = JSON.parse(String(init?.body)) // written by our own chat
    hear(request.type, request.params)
    return answers[request.type]?.(getScene(), request) ?? streamOf([])
  }
}

function itemsOf({ question, items }: Scene): ThreadItem[] {
  return items[0]?.type === 'user_message' ? items : [questionItem(question), ...items]
}

function turn(scene: Scene, { input }: Record<string, unknown>): ThreadStreamEvent[] {
  const asked = {
    ...questionItem(''),
    ...(input as object),
    id: `question_${crypto.getRandomValues(new Uint32Array(1))[0]}`,
  } as ThreadItem // what the chat has just sent
  const answer = scene.items.filter(({ type }) => type !== 'user_message')
  return [
    { type: 'thread.item.done', item: asked },
    { type: 'stream_options', stream_options: { allow_cancel: true } },
    ...(scene.events ??
      answer.flatMap((item) => [...replayItem({ ...item, ...STORED, id: `${asked.id}_${item.id}` })])),
  ]
}

async function* paced(events: ThreadStreamEvent[], { events: own }: Scene): AsyncGenerator<ThreadStreamEvent> {
  for (const event of events) {
    yield event
    await new Promise((resolve) => setTimeout(resolve, MOMENT_MS))
  }
  // Work that is only announced goes on until the reader leaves.
  if (own?.at(-1)?.type === 'progress_update') await new Promise(() => undefined)
}
