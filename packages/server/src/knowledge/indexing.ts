import { ParleyError } from '@parley/protocol'
import type { KnowledgeDocumentRecord, PassageRecord } from '../storage/knowledge-store.js'
import { measure, searchedOf } from './children.js'
import type { KnowledgeParts } from './knowledge-parts.js'
import { splitSections, textForModel } from './passages.js'
import { asQuestions } from './questions.js'
import type { SourceFiles } from './source-files.js'
import { splitDocument } from './split-document.js'
import { encodeVector, toVector } from './vector.js'

type Content = { text: string } | { file: { name: string; bytes: Uint8Array } }

const NO_QUESTIONS =
  'No language model is connected that makes questions of documents. Set OPENAI_API_KEY or OPENAI_BASE_URL.'

/** Passages whose vectors are made, and their progress told, together. */
const BATCH = 64
/** How long a document that says nothing is left to the process that has it. */
const GIVEN_UP_AFTER_MS = 10 * 60_000

/**
 * Makes documents searchable, one after the other: reads them, cuts them into passages, which are found by their words
 * from then on, and gives the passages their vectors.
 */
export function createIndexing(
  { store, embedder, makeQuestions, readDocument, clock, log }: KnowledgeParts,
  sources: SourceFiles | undefined,
) {
  const stopping = new AbortController()
  const { signal } = stopping
  let working = Promise.resolve()
  /** Documents that are worked on or wait for it, and when that is over. */
  const under = new Map<string, Promise<void>>()

  const stamped = (document: KnowledgeDocumentRecord, change: Partial<KnowledgeDocumentRecord>) => ({
    ...document,
    ...change,
    updated_at: clock.now().toISOString(),
  })

  const schedule = (document: KnowledgeDocumentRecord, work: () => Promise<void>) => {
    const done = working.then(async () => {
      if (signal.aborted) return
      try {
        await work()
      } catch (thrown) {
        if (signal.aborted) return
        await fail(document, thrown)
      } finally {
        if (under.get(document.id) === done) under.delete(document.id)
      }
    })
    working = done
    under.set(document.id, done)
  }

  async function fail(document: KnowledgeDocumentRecord, thrown: unknown): Promise<void> {
    const said = thrown instanceof ParleyError && thrown.code !== 'internal'
    if (!said) log.error('A document could not be indexed.', { documentId: document.id, cause: thrown })
    const problem = said ? thrown.message : 'Something went wrong on the server. Try again; its log says more.'
    try {
      const last = await store.loadDocument(document.workspace_id, document.base_id, document.id)
      const { passages, embedded } = last ?? document
      await store.saveProgress(stamped(document, { status: 'failed', problem, passages, embedded }))
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

  async function passagesOf({ split, title }: KnowledgeDocumentRecord, content: Content): Promise<PassageRecord[]> {
    const passages = splitDocument(await read(content), split, title)
    if (passages.length === 0) throw new ParleyError('invalid_request', 'The document holds no text.')
    if (!split?.questions) return passages
    if (!makeQuestions) throw new ParleyError('not_configured', NO_QUESTIONS)
    const pairs = await asQuestions(passages, (text) => makeQuestions(text, signal))
    if (pairs.length === 0) throw new ParleyError('model_failed', 'The model made no questions of the document.')
    return pairs
  }

  async function index(document: KnowledgeDocumentRecord, content: Content): Promise<void> {
    const passages = (await passagesOf(document, content)).map(withId)
    const split = stamped(document, { status: 'indexing', ...measure(passages), embedded: 0 })
    if (await store.replacePassages(split, passages)) await embed(split)
  }

  /**
   * Reads what was brought from where it is kept: whoever was reading it has ended. Noted first, so that a document that
   * ends its readers ends no more than one in a while.
   */
  async function readAgain(left: KnowledgeDocumentRecord): Promise<void> {
    const document = stamped(left, {})
    if (!(await store.saveProgress(document))) return
    const file = document.file_id === undefined ? null : await sources?.load(document.workspace_id, document.file_id)
    const stream = file && (await sources?.open(file))
    if (!stream) throw new ParleyError('invalid_request', LOST)
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
    const isText = document.filename === undefined
    await index(document, isText ? { text: new TextDecoder().decode(bytes) } : { file: { name: file.name, bytes } })
  }

  /**
   * Makes the vectors that are missing, a batch at a time, so that a restart goes on where it was.
   *
   * @param keeps Whether vectors that are there already, behind missing ones, are of this model.
   */
  async function embed(document: KnowledgeDocumentRecord, keeps = false): Promise<void> {
    const { problem: _, ...known } = document
    let current: KnowledgeDocumentRecord = stamped(known, embedder ? { embedding_model: embedder.model } : {})
    const passages = await store.loadPassages(document)
    const isSearched = searchedOf(document, passages)
    for (let start = current.embedded; embedder && start < passages.length; start += BATCH) {
      const batch = passages.slice(start, start + BATCH)
      const bare = batch.filter((passage) => isSearched(passage) && !(keeps && passage.vector !== undefined))
      const vectors = bare.length > 0 ? await embedder.embed(bare.map(textForModel), signal) : []
      const made = new Map(bare.map((passage, index) => [passage, vectors[index]]))
      current = stamped(current, { embedded: start + batch.length })
      const encoded = batch.map((passage) => {
        const vector = made.get(passage)
        if (vector) return encodeVector(toVector(vector))
        return keeps ? (passage.vector ?? null) : null
      })
      if (!(await store.saveVectors(current, start, encoded))) return // deleted or changed meanwhile
    }
    await store.saveProgress(stamped(current, { status: 'ready' }))
  }

  return {
    /** A file as the passages it would be found by. */
    cut: async (file: { name: string; bytes: Uint8Array }) => splitSections(await read({ file })),

    add: (document: KnowledgeDocumentRecord, content: Content) => schedule(document, () => index(document, content)),

    /** Makes the vectors that a changed document lacks. */
    more: (document: KnowledgeDocumentRecord, keeps: boolean) => schedule(document, () => embed(document, keeps)),

    /** Makes all vectors of a document again. @throws {ParleyError} `conflict` for one that is not read yet, or could not be */
    async again(document: KnowledgeDocumentRecord): Promise<void> {
      if (document.status === 'reading')
        throw new ParleyError('conflict', `"${document.title}" is still being read. Try again when it is ready.`)
      if (document.passages === 0) return // there is no text: only the file itself helps
      const waiting = stamped(document, { status: 'indexing', embedded: 0 })
      if (await store.saveProgress(waiting)) schedule(waiting, () => embed(waiting))
    },

    async resume(): Promise<void> {
      const before = new Date(clock.now().getTime() - GIVEN_UP_AFTER_MS).toISOString()
      for (const document of await store.listUnfinished(before)) {
        if (document.status === 'indexing') schedule(document, () => embed(document))
        else schedule(document, () => readAgain(document))
      }
    },

    idle: () => working,
    /** Resolves when this process is done with a document. */
    done: async (documentId: string): Promise<void> => under.get(documentId),

    async stop(): Promise<void> {
      stopping.abort()
      await working
    },
  }
}

const LOST = 'The server stopped while it was reading this document. Bring it once more.'

/** A passage means more with what it stands under. */

/** By which it is found again whatever happens to those before it. */
const withId = (passage: PassageRecord): PassageRecord =>
  passage.id ? passage : { ...passage, id: crypto.randomUUID() }
