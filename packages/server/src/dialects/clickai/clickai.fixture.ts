import { appFormSchema } from '@parley/protocol'
import type { Caller } from '../../app/caller.js'
import type { GivenApiKey } from '../../auth/api-keys.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import type { Runnable } from '../../runnable/runnable.js'
import { diskFiles } from '../../storage/files/disk-files.js'
import { type TestParleyOptions, testParley } from '../../testing/test-parley.js'

/** A key for each app of a test, and one that is none of an app. */
export const keyOf = (appId: string) => `app-test-${appId}`
export const WORKSPACE_KEY = 'sk-parley-test'

export const FORM = appFormSchema.parse([
  { type: 'text-input', variable: 'city', required: true, max_length: 10 },
  { type: 'select', variable: 'tone', options: ['kind', 'dry'], default: 'kind' },
  { type: 'number', variable: 'nights' },
  { type: 'file', variable: 'map' },
])

/** Says what it hears; after `wait` it stops in the middle, until it is stopped. */
export const echo = (rest: Partial<Runnable<Caller>> = {}): Runnable<Caller> => ({
  ...rest,
  async *run({ thread, trigger, signal }) {
    const heard = trigger.type === 'user_message' ? trigger.item.content.map(({ text }) => text).join('') : ''
    const events = streamText(thread, heard === 'wait' ? 'Half' : `Heard: ${heard}`)
    for await (const event of events) {
      if (heard === 'wait' && event.type === 'thread.item.done')
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      yield event
    }
  },
})

/** A server of several apps, each with its key, and calls as a server makes them. */
export function testClickAi(apps: Record<string, Runnable<Caller>>, options: Partial<TestParleyOptions> = {}) {
  const apiKeys: GivenApiKey[] = [
    ...Object.keys(apps).map((appId) => ({
      key: keyOf(appId),
      id: `key_${appId}`,
      workspaceId: 'test',
      scopes: ['chat' as const],
      appId,
    })),
    { key: keyOf('gone'), id: 'key_gone', workspaceId: 'test', scopes: ['chat'], appId: 'gone' },
    { key: WORKSPACE_KEY, id: 'key_all', workspaceId: 'test', scopes: ['chat'] },
  ]
  const parley = testParley({ apps, apiKeys, ...options })
  const send = (method: string, path: string, body?: unknown, key = keyOf(Object.keys(apps)[0] ?? '')) =>
    parley.fetch(`/v1${path}`, body, { method, as: null, headers: { authorization: `Bearer ${key}` } })
  const json = async (method: string, path: string, body?: unknown, key?: string) => {
    const response = await send(method, path, body, key)
    const text = await response.text()
    return { status: response.status, data: text === '' ? undefined : JSON.parse(text), headers: response.headers }
  }
  return { ...parley, send, json }
}

export const inFolder = (folder: string) => ({ files: diskFiles(folder), key: new Uint8Array(32) })

/** The events of a stream that has ended, or that has been cut. */
export const eventsIn = (text: string) =>
  text
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => JSON.parse(event.slice('data: '.length)))

/** What became of the runs of a server, as its observer hears it. */
export function createKnownRuns() {
  const ended: string[] = []
  const waiting: { count: number; resolve(): void }[] = []
  return {
    observer: {
      runStarted: () => undefined,
      runEnded({ status }: { status: string }) {
        ended.push(status)
        for (const one of waiting) if (ended.length >= one.count) one.resolve()
      },
      requestEnded: () => undefined,
      requestRefused: () => undefined,
    } as never, // whatever else an observer may hear is not of interest
    settled: (count: number) =>
      ended.length >= count ? Promise.resolve() : new Promise<void>((resolve) => waiting.push({ count, resolve })),
    statuses() {
      const counts: Record<string, number> = {}
      for (const status of ended) counts[status] = (counts[status] ?? 0) + 1
      return counts
    },
  }
}
