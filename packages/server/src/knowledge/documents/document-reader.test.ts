import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentReader } from './document-reader.js'
import { pdfDocument } from './documents.fixture.js'

const PROGRAM = join(import.meta.dirname, 'reader-process.fixture.mjs')
const text = (value: string) => ({ name: 'a.md', bytes: new TextEncoder().encode(value) })

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-reader-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A program that does what a hostile document could make the reader do. */
function hostileProgram(source: string): string {
  const path = join(folder, `${Math.random()}.mjs`)
  writeFileSync(path, `process.once('message', () => { ${source} })`)
  return path
}

describe('documentReader', () => {
  it('reads a document in a process of its own', async () => {
    const read = documentReader({ program: PROGRAM })
    const pdf = pdfDocument([[['Hello from page one.', 11]]])

    expect(await read({ name: 'a.pdf', bytes: pdf })).toEqual([{ page: 1, text: 'Hello from page one.' }])
  })

  it('says what is wrong with one that cannot be read', async () => {
    const read = documentReader({ program: PROGRAM })

    await expect(read({ name: 'a.doc', bytes: new Uint8Array() })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('Save it as .docx'),
    })
  })

  it('has no secrets', async () => {
    const program = hostileProgram('process.send({ sections: [{ text: JSON.stringify(process.env) }] })')
    process.env.PARLEY_TEST_SECRET = 'hidden'

    const [section] = await documentReader({ program })(text('x'))

    delete process.env.PARLEY_TEST_SECRET
    expect(section?.text).not.toContain('hidden')
  })

  it.each([
    ['an endless loop', 'for (;;);', { timeoutMs: 500 }, /too long/],
    ['memory without end', 'const kept = []; for (;;) kept.push({ kept })', { memoryMb: 64 }, /too much memory/],
    [
      'memory outside of the heap',
      'globalThis.kept = []; setInterval(() => kept.push(Buffer.alloc(5e7, 1)), 1)',
      { memoryMb: 256 },
      /too much memory/,
    ],
    ['a crash', 'process.abort()', {}, /too much memory/],
  ])('ends %s with words, and the next document is read', async (_, source, limits, words) => {
    const read = documentReader({ program: hostileProgram(source), atOnce: 1, ...limits })

    const first = read(text('x'))
    const second = read(text('y'))

    await expect(first).rejects.toMatchObject({ code: 'invalid_request', message: expect.stringMatching(words) })
    await expect(second).rejects.toMatchObject({ code: 'invalid_request' })
  })
})
