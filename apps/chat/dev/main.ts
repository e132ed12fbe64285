/**
 * The chat on a page of its own, fed by a script: `?scene=talk&theme=dark&locale=ar`. For screenshots, and for
 * measuring: `window.__benchSeed` (a thread) goes in, `window.__bench` streams any tokens at any pace.
 */
import type { RunEvent, ThreadItem } from '@parley/protocol'
import type { ChatOptions } from '../src/store/options.js'
import { createChatSession } from '../src/store/session.js'
import {
  allowCancel,
  answerItem,
  answerOpens,
  delta,
  done,
  runEnded,
  runStarted,
  threadOf,
  userItem,
} from '../src/testing/builders.js'
import { createScriptedTransport, type Script, streamOf } from '../src/testing/scripted-transport.js'
import { mountChat } from '../src/views/mount.js'
import { SCENES } from './scenes.js'

interface Bench {
  composer(): Element | null
  stream(tokens: string[], pace: () => Promise<void>): Promise<void>
}

declare global {
  interface Window {
    __benchSeed?: { role: 'user' | 'assistant'; text: string }[]
    __bench?: Bench
  }
}

const query = new URLSearchParams(location.search)
const seed = window.__benchSeed
const fallback = { options: {}, items: [], answer: (): RunEvent[] => [] }
const scene = seed ? fallback : (SCENES[query.get('scene') ?? 'start'] ?? fallback)
const items: ThreadItem[] = seed
  ? seed.map(({ role, text }, at) => (role === 'user' ? userItem(`m${at}`, text) : answerItem(`m${at}`, text)))
  : scene.items

let feed: { tokens: string[]; pace: () => Promise<void>; fed: () => void } | null = null

async function* fedAnswer(text: string): AsyncGenerator<RunEvent> {
  const { tokens, pace, fed } = feed ?? { tokens: [], pace: async () => undefined, fed: () => undefined }
  yield runStarted()
  yield done(userItem('u_bench', text))
  yield allowCancel
  yield* answerOpens('a_bench')
  for (const token of tokens) {
    yield delta('a_bench', token)
    await pace()
  }
  yield done(answerItem('a_bench', tokens.join('')))
  yield runEnded
  fed()
}

async function* sceneAnswer(input: unknown): AsyncGenerator<RunEvent> {
  const { content } = input as { content: { text: string }[] }
  yield done(userItem('u_scene', content[0]?.text ?? ''))
  yield* scene.answer()
  const ends = scene.answer().some((event) => event.type === 'run.ended')
  if (!ends) await new Promise(() => undefined) // stays in mid-answer, to be looked at
}

const hours = (count: number) => new Date(Date.now() - count * 3_600_000).toISOString()
const threads = [
  threadOf('thr_1', { title: 'How a heat pump works', created_at: hours(1) }),
  threadOf('thr_2', { title: 'Dinners for next week', created_at: hours(5) }),
  threadOf('thr_3', {
    title: 'A very long title that somebody typed without thinking about how narrow some screens are',
    created_at: hours(27),
  }),
  threadOf('thr_4', { created_at: hours(90) }),
  threadOf('thr_5', { title: 'Thư gửi chủ nhà về việc sửa chữa hệ thống sưởi', created_at: hours(24 * 40) }),
]

const script: Script = {
  'threads.list': () => Response.json({ data: threads, has_more: false }),
  'threads.get_by_id': () =>
    Response.json(
      threadOf('thr_1', { title: threads[0]?.title, items: { data: items.slice(0, 20), has_more: items.length > 20 } }),
    ),
  'items.list': ({ params }) => {
    const newestFirst = items.toReversed()
    const from = params.after ? newestFirst.findIndex(({ id }) => id === params.after) + 1 : 0
    const data = newestFirst.slice(from, from + 40)
    const has_more = from + 40 < items.length
    return Response.json({ data, has_more, ...(has_more && { after: data.at(-1)?.id }) })
  },
  'threads.update': () => Response.json(threads[0]),
  'threads.delete': () => Response.json({}),
  'items.feedback': () => Response.json({}),
  'threads.create': ({ params }) => streamOf(seed ? fedAnswer('Hello') : sceneAnswer(params.input), 1),
  'threads.add_user_message': ({ params }) => streamOf(seed ? fedAnswer('Hello') : sceneAnswer(params.input), 1),
  'runs.cancel': () => Response.json({}),
}

const theme = query.get('theme') === 'dark' ? 'dark' : 'light'
const options: ChatOptions = {
  ...scene.options,
  theme,
  ...(query.get('locale') && { locale: query.get('locale') ?? 'en' }),
  ...(items.length > 0 && { initialThread: 'thr_1' }),
}
const session = createChatSession({
  transport: createScriptedTransport(script),
  host: { emit: (name, detail) => console.debug(name, detail), callFunction: async () => undefined },
  options,
})

const root = document.getElementById('chat')
if (root) {
  mountChat(root, session)
  await session.start()
  if (query.get('scene') === 'history') await session.showHistory()
  if ('message' in scene && scene.message) session.sendUserMessage({ text: scene.message })
}

window.__bench = {
  composer: () => document.querySelector('textarea'),
  stream: (tokens, pace) =>
    new Promise((resolve) => {
      feed = { tokens, pace, fed: resolve }
      session.sendUserMessage({ text: 'Hello' })
    }),
}
