import type { RunEvent } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { afterTick } from '../base/schedule.js'
import { delta } from '../testing/engine-fixture.js'
import type { LogEntry } from './engine.js'
import { MemoryRunLog } from './memory-run-log.js'
import { createTicks } from './ticks.js'

const notice = (message: string): RunEvent => ({ type: 'notice', level: 'info', message })
const newLog = (first = 1) => new MemoryRunLog(createTicks(afterTick), first)
const tick = () => new Promise<void>(afterTick)

async function readAll(log: MemoryRunLog, after = 0): Promise<LogEntry[][]> {
  const batches: LogEntry[][] = []
  const reader = log.read(after) ?? expect.unreachable('the events are there')
  for (let { value } = await reader.next(); value; { value } = await reader.next()) batches.push(value)
  return batches
}

const textOf = (entries: LogEntry[]) =>
  entries.map(({ event }) => ('update' in event && 'delta' in event.update ? event.update.delta : '')).join('')

describe('a run log', () => {
  it('gives what happened in one tick as one batch', async () => {
    const log = newLog()
    const reading = readAll(log)

    log.append(notice('1'))
    log.append(notice('2'))
    await tick()
    log.append(notice('3'))
    log.close()

    expect((await reading).map((batch) => batch.map(({ sequence }) => sequence))).toEqual([[1, 2], [3]])
  })

  it('makes one entry of the text that comes in one tick, not of other text', async () => {
    const log = newLog()

    for (const text of ['a', 'b', 'c']) log.append(delta('msg_1', text))
    log.append(delta('msg_2', 'd'))
    await tick()
    log.append(delta('msg_2', 'e'))
    log.close()

    const entries = (await readAll(log)).flat()
    expect(entries.map(({ event }) => event)).toEqual([delta('msg_1', 'abc'), delta('msg_2', 'd'), delta('msg_2', 'e')])
    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
  })

  it('shares entries between readers that keep up, so that each is encoded once', async () => {
    const log = newLog()
    const readers = [readAll(log), readAll(log)]

    log.append(notice('1'))
    log.close()

    const [one, other] = await Promise.all(readers)
    expect(one?.[0]?.[0]).toBe(other?.[0]?.[0])
  })

  it('gives a reader that was slow all it missed in few entries', async () => {
    const log = newLog()
    for (let token = 0; token < 1000; token += 1) {
      log.append(delta('msg_1', `${token} `))
      await tick()
    }
    log.close()

    const entries = (await readAll(log)).flat()
    expect(textOf(entries)).toBe(Array.from({ length: 1000 }, (_, token) => `${token} `).join(''))
    expect(entries.length).toBeLessThan(100)
  })

  it('goes on in the middle of text that was folded', async () => {
    const log = newLog()
    for (let token = 0; token < 500; token += 1) {
      log.append(delta('msg_1', `${token} `))
      await tick()
    }
    log.close()

    expect(textOf((await readAll(log, 123)).flat())).toMatch(/^123 124 125 /)
  })

  it('stays as large as its text, however many tokens that took', async () => {
    const log = newLog()
    for (let token = 0; token < 5000; token += 1) {
      log.append(delta('msg_1', 'token '))
      await tick()
    }

    expect(log.size).toBeLessThan(2 * 'token '.length * 5000 + 50_000)
  })

  it('ends for a reader that has seen everything', async () => {
    const log = newLog()
    log.append(notice('1'))
    log.close()

    expect(await readAll(log, 1)).toEqual([])
  })

  it('has nothing to say about events before its first', () => {
    expect(newLog(11).read(9)).toBeUndefined()
    expect(newLog(11).read(10)).toBeDefined()
  })

  it('goes on where it stopped when it is opened again', async () => {
    const log = newLog()
    log.append(notice('1'))
    log.close()
    await readAll(log)

    log.reopen()
    log.append(notice('2'))
    log.close()

    expect((await readAll(log, 1)).flat()).toEqual([{ sequence: 2, event: notice('2') }])
  })

  it('holds up a source that never lets anybody else have a turn', async () => {
    const log = newLog()
    let appended = 0
    while (!log.pause()) {
      log.append(delta('msg_1', 'x'))
      appended += 1
    }

    expect(appended).toBeLessThan(10_000)
    await log.pause()
    expect(log.pause()).toBeUndefined()
  })
})
