import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diskFiles } from './disk-files.js'
import type { FileStorage } from './file-storage.js'
import { s3Files } from './s3-files.js'
import { startS3Server } from './s3-server.fixture.js'

interface Opened {
  files: FileStorage
  /** Names of everything that is kept. */
  kept(): string[]
  close(): Promise<void>
}

const places: Record<string, () => Promise<Opened>> = {
  async disk() {
    const folder = mkdtempSync(join(tmpdir(), 'parley-files-'))
    const close = async () => rmSync(folder, { recursive: true })
    return { files: diskFiles(folder), kept: () => readdirSync(folder), close }
  },
  async 'an S3 bucket'() {
    const server = await startS3Server()
    return { files: s3Files(server), kept: () => [...server.objects.keys()], close: server.close }
  },
}

const MEGABYTE = 1024 * 1024
const streamOf = (...chunks: (string | Uint8Array)[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk)
      controller.close()
    },
  })
const textOf = async (files: FileStorage, id: string, maxBytes?: number) => {
  const file = await files.read(id, maxBytes)
  return file && { size: file.size, text: await new Response(file.bytes).text() }
}

describe.each(Object.entries(places))('B8: files on %s', (_, open) => {
  const test = (title: string, body: (opened: Opened) => Promise<void>) =>
    it(title, async () => {
      const opened = await open()
      try {
        await opened.files.prepare?.()
        await body(opened)
      } finally {
        await opened.close()
      }
    })

  test('is ready and empty after its start', async ({ kept }) => {
    expect(kept()).toEqual([])
  })

  test('gives back what was written, from the start and whole', async ({ files }) => {
    await files.write('atc_1', streamOf('hel', 'lo'), 5)

    expect(await textOf(files, 'atc_1')).toEqual({ size: 5, text: 'hello' })
    expect(await textOf(files, 'atc_1', 3)).toEqual({ size: 5, text: 'hel' })
    expect(await textOf(files, 'atc_1', 99)).toEqual({ size: 5, text: 'hello' })
  })

  test('keeps a file of no bytes', async ({ files }) => {
    await files.write('atc_1', streamOf(), 0)

    expect(await textOf(files, 'atc_1')).toEqual({ size: 0, text: '' })
    expect(await textOf(files, 'atc_1', 10)).toEqual({ size: 0, text: '' })
  })

  test('keeps a large file byte for byte', async ({ files }) => {
    const chunks = Array.from({ length: 12 }, (_, index) => new Uint8Array(MEGABYTE).fill(index))
    await files.write('atc_1', streamOf(...chunks), 12 * MEGABYTE)

    const file = await files.read('atc_1')
    const bytes = new Uint8Array(await new Response(file?.bytes).arrayBuffer())
    expect(bytes.byteLength).toBe(12 * MEGABYTE)
    expect(chunks.every((_, index) => bytes[index * MEGABYTE + 7] === index)).toBe(true)
  })

  test('keeps nothing when the stream fails', async ({ files, kept }) => {
    const failing = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(3))
        controller.error(new Error('The line was cut.'))
      },
    })

    await expect(files.write('atc_1', failing, 5)).rejects.toThrow()
    expect(kept()).toEqual([])
    expect(await files.read('atc_1')).toBeNull()
  })

  test('deletes, and does not mind when there is nothing', async ({ files }) => {
    await files.write('atc_1', streamOf('hello'), 5)
    await files.delete('atc_1')
    await files.delete('atc_1')

    expect(await files.read('atc_1')).toBeNull()
  })

  test('takes no name that could reach another place', async ({ files, kept }) => {
    for (const id of ['../x', 'a/b', '', '.', 'a\0', 'x'.repeat(129)]) {
      await expect(files.write(id, streamOf('x'), 1)).rejects.toThrow(TypeError)
      await expect(files.read(id)).rejects.toThrow(TypeError)
    }
    expect(kept()).toEqual([])
  })
})

describe('B8: a folder of files', () => {
  it('is rid of uploads that a crash cut off a day ago', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-files-'))
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000)
    for (const name of ['atc_1.x.part', 'atc_2.x.part', 'atc_3']) writeFileSync(join(folder, name), 'x')
    for (const name of ['atc_1.x.part', 'atc_3']) utimesSync(join(folder, name), old, old)

    await diskFiles(folder).prepare?.()

    expect(readdirSync(folder)).toEqual(['atc_2.x.part', 'atc_3'])
    rmSync(folder, { recursive: true })
  })
})
