import { ParleyError } from '@parley/protocol'
import type { KnowledgeDocumentRecord } from '../storage/knowledge-store.js'
import type { KnowledgeParts } from './knowledge-parts.js'
import { splitSections } from './passages.js'
import { encodeVector, toVector } from './vector.js'

type Content = { text: string } | { file: { name: string; bytes: Uint8Array } }

/** Passages whose vectors are made, and their progress told, together. */
const BATCH = 64
const MOST_PASSAGES = 50_000
/** How long a document that says nothing is left to the process that has it. */
const GIVEN_UP_AFTER_MS = 10 * 60_000

/**
 * Makes documents searchable, one after the other: reads them, cuts them into passages, which are found by their words
 * from then on, and gives the passages their vectors.
 */
export function createIndexing({ store, embedder, readDocument, clock, log }: KnowledgeParts) {
  const stopping = new AbortController()
  const { signal } = stopping
  let working = Promise.resolve()

  const stamped = (document: KnowledgeDocumentRecord, change: Partial<KnowledgeDocumentRecord>) => ({
    ...document,
    ...change,
    updated_at: clock.now().toISOString(),
  })

  const schedule = (document: KnowledgeDocumentRecord, work: () => Promise<void>) => {
    working = working.then(async () => {
      if (signal.aborted) return
      try {
        await work()
      } catch (thrown) {
        if (signal.aborted) return
        await fail(document, thrown)
      }
    })
  }

  async function fail(document: KnowledgeDocumentRecord, thrown: unknown): Promise<void> {
    const said = thrown instanceof ParleyError && thrown.code !== 'internal'
    if (!said) log.error('A document could not be indexed.', { documentId: document.id, cause: thrown })
    const problem = said ? thrown.message : 'Something went wrong on the server. Try again; its log says more.'
    try {
      const last = (await store.loadDocument(document.workspace_id, document.base_id, document.id)) ?? document
      await store.saveDocument(stamped(last, { status: 'failed', problem }))
    } catch (cause) {
      log.error('A document that could not be indexed could not be marked.', { documentId: document.id, cause })
    }
  }

  async function read(content: Content): Promise<{ text: string; page?: number }[]> {
    if ('text' in content) return [{ text: content.text }]
    if (!readDocument)
      throw new ParleyError('not_configured', 'This server reads no files. Bring the text of the document.')
    return readDocument(content.file, signal)
  }

  async function index(document: KnowledgeDocumentRecord, content: Content): Promise<void> {
    const passages = splitSections(await read(content))
    if (passages.length === 0) throw new ParleyError('invalid_request', 'The document holds no text.')
    if (passages.length > MOST_PASSAGES)
      throw new ParleyError('invalid_request', 'The document is too long. Split it into smaller ones.')
    const split = stamped(document, { status: 'indexing', passages: passages.length, embedded: 0 })
    if (await store.replacePassages(split, passages)) await embed(split)
  }

  /** Makes the vectors that are missing, a batch at a time, so that a restart goes on where it was. */
  async function embed(document: KnowledgeDocumentRecord): Promise<void> {
    const { problem: _, ...known } = document
    let current: KnowledgeDocumentRecord = stamped(known, embedder ? { embedding_model: embedder.model } : {})
    const passages = await store.loadPassages(document)
    for (let start = current.embedded; embedder && start < passages.length; start += BATCH) {
      const batch = passages.slice(start, start + BATCH)
      const vectors = await embedder.embed(batch.map(textToEmbed), signal)
      current = stamped(current, { embedded: start + batch.length })
      const encoded = vectors.map((vector) => encodeVector(toVector(vector)))
      if (!(await store.saveVectors(current, start, encoded))) return // deleted meanwhile
    }
    await store.saveDocument(stamped(current, { status: 'ready' }))
  }

  return {
    add: (document: KnowledgeDocumentRecord, content: Content) => schedule(document, () => index(document, content)),

    /** Makes all vectors of a document again. @throws {ParleyError} `conflict` for one that is not read yet, or could not be */
    async again(document: KnowledgeDocumentRecord): Promise<void> {
      if (document.passages === 0) {
        if (document.status === 'failed') return // there is no text: only the file itself helps
        throw new ParleyError('conflict', `"${document.title}" is still being read. Try again when it is ready.`)
      }
      const waiting = stamped(document, { status: 'indexing', embedded: 0 })
      if (await store.saveDocument(waiting)) schedule(waiting, () => embed(waiting))
    },

    async resume(): Promise<void> {
      const before = new Date(clock.now().getTime() - GIVEN_UP_AFTER_MS).toISOString()
      for (const document of await store.listUnfinished(before)) {
        if (document.passages > 0) schedule(document, () => embed(document))
        else await store.saveDocument(stamped(document, { status: 'failed', problem: LOST }))
      }
    },

    idle: () => working,

    async stop(): Promise<void> {
      stopping.abort()
      await working
    },
  }
}

const LOST = 'The server stopped while it was reading this document. Bring it once more.'

/** A passage means more with what it stands under. */
const textToEmbed = ({ headings, text }: { headings: string[]; text: string }): string => [...headings, text].join('\n')
