import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Log } from '../base/log.js'
import type { Embedder } from '../models/embeddings.js'
import { diskFiles } from '../storage/files/disk-files.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { createKnowledgeBases, type KnowledgeBases } from './knowledge-bases.js'
import type { KnowledgeParts } from './knowledge-parts.js'

let store: ServerStore
let now: Date
beforeEach(() => {
  store = sqliteStore(':memory:')
  now = new Date('2026-11-20T12:00:00Z')
})
afterEach(() => store.close())

const nothing = () => undefined
const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
const clock = { now: () => now, after: () => () => undefined }
const open = (parts: Partial<KnowledgeParts> = {}): KnowledgeBases =>
  createKnowledgeBases({ store: store.knowledge, clock, log: quiet, ...parts })

/** Knows three subjects, each by two words. */
const SUBJECTS = [/refund|money/i, /parrot|bird/i, /shipping|parcel/i]
const meanings = (): Embedder & { texts: string[] } => {
  const texts: string[] = []
  return {
    model: 'subjects-1',
    texts,
    async embed(given) {
      texts.push(...given)
      return given.map((text) => Float32Array.from(SUBJECTS, (subject) => (subject.test(text) ? 1 : 0.01)))
    },
  }
}
const textsOf = async (knowledge: KnowledgeBases, base: string, query: string, workspace = 'shop') =>
  (await knowledge.search(workspace, [base], query, { limit: 3 })).map(({ passage }) => passage.text)

async function withDocument(knowledge: KnowledgeBases, text: string) {
  const base = await knowledge.create('shop', { name: 'Handbook' })
  const document = await knowledge.addDocument('shop', base.id, {
    title: 'Policy',
    text,
    url: 'https://shop.test/policy',
  })
  await knowledge.idle()
  return { base, document: await knowledge.loadDocument('shop', base.id, document.id) }
}

describe('a document', () => {
  it('is taken at once, read, and found by its words without any model', async () => {
    const knowledge = open()
    const base = await knowledge.create('shop', { name: 'Handbook', description: 'All of it' })

    const added = await knowledge.addDocument('shop', base.id, { title: 'Policy', text: '## Returns\n\nThirty days.' })
    expect(added.status).toBe('reading')
    await knowledge.idle()

    expect(await knowledge.loadDocument('shop', base.id, added.id)).toMatchObject({
      status: 'ready',
      passages: 1,
      embedded: 0,
    })
    const [hit] = await knowledge.search('shop', [base.id], 'how many days?', { limit: 3 })
    expect(hit?.passage).toMatchObject({ headings: ['Returns'], text: 'Thirty days.', document: { title: 'Policy' } })
  })

  it('is found by its meaning where there is a model, and the model reads its headings', async () => {
    const embedder = meanings()
    const knowledge = open({ embedder })
    const { base, document } = await withDocument(knowledge, '## Refunds\n\nWithin a week.\n\n## Birds\n\nSeeds only.')

    expect(document).toMatchObject({ status: 'ready', passages: 2, embedded: 2, embedding_model: 'subjects-1' })
    expect(embedder.texts).toContain('Refunds\nWithin a week.')
    expect((await textsOf(knowledge, base.id, 'where is my money'))[0]).toBe('Within a week.')
  })

  it('is found in what was read of a file, page by page', async () => {
    const knowledge = open({
      readDocument: async ({ name }) => [
        { page: 1, text: `Read from ${name}.` },
        { page: 2, text: 'The second page.' },
      ],
    })
    const base = await knowledge.create('shop', { name: 'Files' })
    await knowledge.addDocument('shop', base.id, { file: { name: 'a.pdf', bytes: new Uint8Array(3) } })
    await knowledge.idle()

    const [hit] = await knowledge.search('shop', [base.id], 'second page', { limit: 3 })
    expect(hit?.passage).toMatchObject({ page: 2, document: { title: 'a.pdf', filename: 'a.pdf' } })
  })

  it('that cannot be read says why', async () => {
    const knowledge = open()
    const base = await knowledge.create('shop', { name: 'Files' })
    const file = await knowledge.addDocument('shop', base.id, { file: { name: 'a.pdf', bytes: new Uint8Array(3) } })
    const empty = await knowledge.addDocument('shop', base.id, { text: ' \n' })
    await knowledge.idle()

    expect(await knowledge.loadDocument('shop', base.id, file.id)).toMatchObject({
      status: 'failed',
      problem: expect.stringContaining('reads no files'),
    })
    expect(await knowledge.loadDocument('shop', base.id, empty.id)).toMatchObject({
      status: 'failed',
      problem: 'The document holds no text.',
    })
  })

  it('whose model fails is still found by its words, and indexed again later', async () => {
    const embedder = meanings()
    vi.spyOn(embedder, 'embed').mockRejectedValueOnce(new Error('secret detail of the host'))
    const knowledge = open({ embedder })
    const { base, document } = await withDocument(knowledge, 'Refunds take a week.')

    expect(document).toMatchObject({ status: 'failed', passages: 1 })
    expect(document.problem).not.toContain('secret')
    expect(await textsOf(knowledge, base.id, 'refunds')).toEqual(['Refunds take a week.'])

    await knowledge.reindex('shop', base.id)
    await knowledge.idle()
    const mended = await knowledge.loadDocument('shop', base.id, document.id)
    expect(mended).toMatchObject({ status: 'ready', embedded: 1 })
    expect(mended).not.toHaveProperty('problem')
  })

  it('is gone from the search when it is deleted', async () => {
    const knowledge = open()
    const { base, document } = await withDocument(knowledge, 'Refunds take a week.')
    expect(await textsOf(knowledge, base.id, 'refunds')).toHaveLength(1)

    await knowledge.deleteDocument('shop', base.id, document.id)

    expect(await textsOf(knowledge, base.id, 'refunds')).toEqual([])
  })
})

describe('a search', () => {
  it('goes on by words when the model does not answer', async () => {
    const embedder = meanings()
    const knowledge = open({ embedder })
    const { base } = await withDocument(knowledge, 'Refunds take a week.')
    vi.spyOn(embedder, 'embed').mockRejectedValue(new Error('down'))

    expect(await textsOf(knowledge, base.id, 'refunds')).toEqual(['Refunds take a week.'])
  })

  it('does not compare vectors of two models', async () => {
    const { base } = await withDocument(open({ embedder: meanings() }), 'Refunds take a week.')
    const other = open({ embedder: { ...meanings(), model: 'subjects-2' } })

    expect(await textsOf(other, base.id, 'money')).toEqual([])
  })

  it('finds nothing in the bases of another workspace', async () => {
    const knowledge = open()
    const { base, document } = await withDocument(knowledge, 'Refunds take a week.')

    expect(await textsOf(knowledge, base.id, 'refunds', 'bank')).toEqual([])
    await expect(knowledge.load('bank', base.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(knowledge.loadDocument('bank', base.id, document.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(knowledge.listDocuments('bank', base.id, { limit: 1, order: 'asc' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(knowledge.addDocument('bank', base.id, { text: 'x' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(knowledge.deleteDocument('bank', base.id, document.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(knowledge.reindex('bank', base.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(knowledge.update('bank', base.id, { name: 'x' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(knowledge.delete('bank', base.id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a process that ended in the middle', () => {
  it('is gone on from: vectors that are missing are made, a file that was lost is said to be', async () => {
    const first = open({ embedder: { model: 'subjects-1', embed: () => new Promise(() => undefined) } })
    const base = await first.create('shop', { name: 'Handbook' })
    const text = await first.addDocument('shop', base.id, { text: 'Refunds take a week.' })
    const file = await first.addDocument('shop', base.id, { file: { name: 'a.pdf', bytes: new Uint8Array(3) } })
    await expect.poll(async () => (await first.loadDocument('shop', base.id, text.id)).status).toBe('indexing')

    now = new Date('2026-11-20T13:00:00Z')
    const second = open({ embedder: meanings() })
    await second.start()
    await second.idle()

    expect(await second.loadDocument('shop', base.id, text.id)).toMatchObject({ status: 'ready', embedded: 1 })
    expect(await second.loadDocument('shop', base.id, file.id)).toMatchObject({
      status: 'failed',
      problem: expect.stringContaining('Bring it once more'),
    })
  })

  it('reads a file again that was kept as it was brought', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-knowledge-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const sources = { files: diskFiles(folder), records: store.knowledgeFiles }
    const first = open({ sources, readDocument: () => new Promise(() => undefined) })
    const base = await first.create('shop', { name: 'Handbook' })
    const bytes = new TextEncoder().encode('Thirty days.')
    const file = await first.addDocument('shop', base.id, { file: { name: 'a.pdf', bytes } })

    now = new Date('2026-11-20T13:00:00Z')
    const second = open({ sources, readDocument: async (given) => [{ text: new TextDecoder().decode(given.bytes) }] })
    await second.start()
    await second.idle()

    expect((await second.loadDocument('shop', base.id, file.id)).status).toBe('ready')
    expect(await textsOf(second, base.id, 'days')).toEqual(['Thirty days.'])
  })

  it('takes away what was uploaded a day ago and never used', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-knowledge-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const knowledge = open({ sources: { files: diskFiles(folder), records: store.knowledgeFiles } })
    const base = await knowledge.create('shop', { name: 'Handbook' })
    const used = await knowledge.addDocument('shop', base.id, { text: 'Thirty days.' })
    await knowledge.sources?.keep('shop', { name: 'a.txt', bytes: new Uint8Array(1) })
    await knowledge.idle()

    now = new Date('2026-11-21T12:00:01Z')
    await knowledge.start()

    expect((await store.knowledgeFiles.every()).map(({ id }) => id)).toEqual([used.file_id])
    expect(readdirSync(folder)).toEqual([used.file_id])
  })
})
