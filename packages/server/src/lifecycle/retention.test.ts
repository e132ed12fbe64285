import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { consoleLog } from '../base/log.js'
import { scriptedClock } from '../base/scripted-clock.js'
import { type Caller, createParley, type Runnable, staticCatalog } from '../index.js'
import { diskFiles } from '../storage/files/disk-files.js'
import { sqliteStore } from '../storage/sqlite/sqlite-store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { userText } from '../testing/user-text.js'

const DAY_MS = 24 * 3600 * 1000

function start({ days, store = sqliteStore(':memory:') }: { days?: number; store?: ServerStore } = {}) {
  const clock = scriptedClock()
  const place = mkdtempSync(join(tmpdir(), 'parley-retention-'))
  let isEndless = false
  const app: Runnable<Caller> = {
    async *run({ signal }) {
      if (isEndless) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    },
  }
  let tell: (details: unknown) => void = () => undefined
  const parley = createParley({
    store,
    catalog: staticCatalog<Caller>({ demo: app }),
    authenticate: async (request) => ({
      workspaceId: request.headers.get('workspace') ?? 'shop',
      userId: 'ada',
      method: 'development',
    }),
    uploads: { files: diskFiles(place), key: new Uint8Array(32), clock },
    allowOrigin: () => true,
    ...(days !== undefined && { retentionDays: days }),
    clock,
    log: {
      ...consoleLog,
      info: (_, details) => tell(details),
    },
  })
  onTestFinished(async () => {
    await parley.close(0)
    rmSync(place, { recursive: true })
  })
  const send = (path: string, body: unknown, workspace: string) =>
    parley.fetch(
      new Request(`http://parley.test${path}`, {
        method: 'POST',
        headers: {
          workspace,
          'parley-client': 'test',
          ...(!(body instanceof FormData) && { 'content-type': 'application/json' }),
        },
        body: body instanceof FormData ? body : JSON.stringify(body),
      }),
    )
  const ask = (type: string, params: object, workspace = 'shop') => send('/api/chatkit', { type, params }, workspace)
  return {
    parley,
    clock,
    store,
    files: () => readdirSync(place),
    toldNext: () =>
      new Promise<unknown>((resolve) => {
        tell = resolve
      }),
    /** A thread with one message, perhaps with a file, perhaps still being answered. @returns its id */
    async write(text: string, { workspace = 'shop', file = false, endless = false } = {}): Promise<string> {
      isEndless = endless
      const form = new FormData()
      form.append('file', new File(['hello'], 'a.txt', { type: 'text/plain' }))
      const attachments = file ? [JSON.parse(await (await send('/api/chatkit/files', form, workspace)).text()).id] : []
      const response = await ask('threads.create', { input: { ...userText(text), attachments } }, workspace)
      const reader = response.body?.getReader()
      const first = new TextDecoder().decode((await reader?.read())?.value)
      if (!endless) for (let more = true; more; ) more = !(await reader?.read())?.done
      return /"thread":\{"id":"([^"]+)"/.exec(first)?.[1] ?? ''
    },
    async touch(threadId: string) {
      isEndless = false
      await (await ask('threads.add_user_message', { thread_id: threadId, input: userText('Again') })).text()
    },
    async threads(workspace = 'shop'): Promise<string[]> {
      const { data } = JSON.parse(await (await ask('threads.list', { order: 'asc' }, workspace)).text())
      return data.map(({ id }: { id: string }) => id)
    },
  }
}

describe('threads nobody touches', () => {
  it('go with their files once they are old enough; those that were touched or are being answered stay', async () => {
    const server = start({ days: 90 })
    const old = await server.write('Old', { file: true })
    const touched = await server.write('Touched', { file: true })
    const running = await server.write('Tell me a story', { endless: true })
    server.clock.advance(60 * DAY_MS)
    await server.touch(touched)
    const young = await server.write('Young')
    expect(server.files()).toHaveLength(2)

    expect(await server.parley.retention.sweep()).toEqual([{ workspaceId: 'shop', days: 90, threads: 0 }])
    server.clock.advance(31 * DAY_MS)
    const tried = await server.parley.retention.sweep({ dryRun: true })
    expect(await server.threads()).toContain(old)
    const done = await server.parley.retention.sweep()

    expect(done).toEqual([{ workspaceId: 'shop', days: 90, threads: 1 }])
    expect(tried).toEqual(done)
    expect(await server.threads()).toEqual([touched, running, young])
    expect(server.files()).toHaveLength(1)
  })

  it('stay for ever unless somebody says otherwise, and each workspace may', async () => {
    const server = start({ days: 10 })
    for (const workspace of ['bank', 'museum', 'shop']) await server.write('Hi', { workspace })
    await server.store.workspaces.changeWorkspace('bank', (old) => ({ ...old, retention_days: 30 }))
    await server.store.workspaces.changeWorkspace('museum', (old) => ({ ...old, retention_days: null }))
    server.clock.advance(20 * DAY_MS)

    expect(await server.parley.retention.sweep()).toEqual([
      { workspaceId: 'bank', days: 30, threads: 0 },
      { workspaceId: 'shop', days: 10, threads: 1 },
    ])
    const kept = start()
    await kept.write('Hi')
    kept.clock.advance(5000 * DAY_MS)
    expect(await kept.parley.retention.sweep()).toEqual([])
  })

  it('go through more threads than are read at once, in one go', async () => {
    const server = start({ days: 10 })
    for (let index = 0; index < 120; index += 1) await server.write(`Number ${index}`)
    server.clock.advance(11 * DAY_MS)
    const young = await server.write('Young')

    expect(await server.parley.retention.sweep()).toEqual([{ workspaceId: 'shop', days: 10, threads: 120 }])
    expect(await server.threads()).toEqual([young])
  })

  it('are looked for by one of several servers, a minute after the start', async () => {
    const server = start({ days: 1 })
    await server.write('Hi')
    server.clock.advance(2 * DAY_MS)
    await server.parley.start()
    const told = server.toldNext()

    server.clock.advance(60_000)

    expect(await told).toEqual({ workspaceId: 'shop', days: 1, threads: 1 })
    const now = server.clock.now().toISOString()
    expect(await server.store.workspaces.takeLease('retention', now, now)).toBe(false)
  })
})
