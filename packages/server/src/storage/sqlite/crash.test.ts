import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqliteStore } from './sqlite-store.js'

const ada = { workspaceId: 'workspace', userId: 'ada', appId: 'app' }
const ENDED_AT = '2026-11-20T12:01:00.000Z'

let directory: string
let path: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'parley-crash-'))
  path = join(directory, 'parley.db')
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('a process killed while it writes', () => {
  it.each([50, 400, 1111])('has lost nothing it acknowledged: kill -9 after %i writes', async (writes) => {
    const acknowledged = await writeAndKill(writes)
    const store = sqliteStore(path)

    const swept = await store.sweepRuns(ENDED_AT)

    expect(acknowledged.length).toBeGreaterThanOrEqual(writes)
    const ended = new Set(acknowledged.filter(({ what }) => what === 'ended').map(({ count }) => count))
    for (const { what, count } of acknowledged) {
      const run = await store.loadRun(`run_${count}`, ada)
      const { data } = await store.loadThreadItems(`thr_${count}`, { limit: 9, order: 'asc' }, ada)
      const ids = data.map(({ id }) => id)
      expect(ids[0]).toBe(`question_${count}`)
      if (what !== 'started') expect(ids.slice(1)).toEqual([`answer_${count}`, `more_${count}`])
      if (ended.has(count)) expect(run.status).toBe('completed')
      else expect(['interrupted', 'completed']).toContain(run.status)
    }
    expect(swept).toBeGreaterThan(0)
    expect(await store.sweepRuns(ENDED_AT)).toBe(0)
    await store.close()
  })
})

/** Runs the writer until it has acknowledged so many writes, then kills it as the operating system would. */
async function writeAndKill(writes: number): Promise<{ what: string; count: number }[]> {
  const entry = join(import.meta.dirname, 'crash-writer.fixture.ts')
  const program = `
    import { runnerImport } from 'vite'
    const resolve = { conditions: ['parley-source'], noExternal: ['@parley/protocol'] }
    const options = { logLevel: 'error', environments: { inline: { resolve } } }
    const { module } = await runnerImport(${JSON.stringify(entry)}, options)
    await module.writeUntilKilled(${JSON.stringify(path)})`
  const child = spawn(execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const acknowledged: { what: string; count: number }[] = []
  for await (const line of createInterface(child.stdout)) {
    const [what = '', count] = line.split(' ')
    acknowledged.push({ what, count: Number(count) })
    if (acknowledged.length === writes) child.kill('SIGKILL')
  }
  await exited
  return acknowledged
}
