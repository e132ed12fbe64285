import { type Page, ParleyError } from '@parley/protocol'
import { everyRow } from '../base/pages-of.js'
import type { Embedder } from '../models/embeddings.js'
import type { Reranker } from '../models/rerank.js'
import {
  type KnowledgeBaseRecord,
  type KnowledgeDocumentRecord,
  type KnowledgeField,
  type PassageHits,
  type PassageRecord,
  passageId,
  type SearchSettings,
  type SplitSettings,
} from '../storage/knowledge-store.js'
import type { PageQuery } from '../storage/store.js'
import { measure, searchedOf } from './children.js'
import { createIndexing } from './indexing.js'
import type { KnowledgeParts } from './knowledge-parts.js'
import { createKnowledgeSearch, type KnowledgeHit, type SearchOptions } from './knowledge-search.js'
import type { Passage } from './passages.js'
import { createSourceFiles, type KnowledgeFileRecord, type SourceFiles } from './source-files.js'

export type {
  CutSettings,
  KnowledgeBaseRecord,
  KnowledgeDocumentRecord,
  KnowledgeField,
  SearchSettings,
  SplitSettings,
} from '../storage/knowledge-store.js'
export type { KnowledgeHit, SearchOptions, StoredPassage } from './knowledge-search.js'
export type { KnowledgeFileRecord, SourceFiles } from './source-files.js'

/** A passage as whoever looks after a document sees it. */
export type NamedPassage = Omit<PassageRecord, 'vector'> & { id: string }

/** A document as somebody brings it: its text, or a file with text in it. */
export type NewDocument = {
  title?: string | undefined
  url?: string | undefined
  /** How it is cut into passages. Absent: at its headings, or for a new text of a document as its old one was. */
  split?: SplitSettings | undefined
  /** What is brought together. */
  batch?: string | undefined
  /** The language it is in, in the words of whoever brings it. */
  language?: string | undefined
} & (
  | { text: string }
  | { file: { name: string; bytes: Uint8Array; mime_type?: string | undefined } }
  /** A file that was brought before. */
  | { fileId: string }
)

/** The knowledge bases of every workspace. Foreign ids look missing: `not_found`. */
export interface KnowledgeBases {
  /** What makes them searchable by meaning. Absent: they are searched by words alone. */
  embedder: Embedder | undefined
  /** What puts the best in order for searches that ask for it. Absent: they are not. */
  reranker: Reranker | undefined
  /** Whether documents may become questions and answers. */
  makesQuestions: boolean
  list(workspaceId: string, page: PageQuery): Promise<Page<KnowledgeBaseRecord>>
  load(workspaceId: string, baseId: string): Promise<KnowledgeBaseRecord>
  create(workspaceId: string, base: { name: string; description?: string | undefined }): Promise<KnowledgeBaseRecord>
  /** What is left out stays; `null` clears. */
  update(workspaceId: string, baseId: string, change: BaseChange): Promise<KnowledgeBaseRecord>
  /** With its documents. */
  delete(workspaceId: string, baseId: string): Promise<void>

  listDocuments(workspaceId: string, baseId: string, page: PageQuery): Promise<Page<KnowledgeDocumentRecord>>
  loadDocument(workspaceId: string, baseId: string, documentId: string): Promise<KnowledgeDocumentRecord>
  /** Answers at once; the document says how far it is. @throws {ParleyError} `not_found` for a file that is not there or was used */
  addDocument(workspaceId: string, baseId: string, document: NewDocument): Promise<KnowledgeDocumentRecord>
  deleteDocument(workspaceId: string, baseId: string, documentId: string): Promise<void>
  /** Gives a document another text, which is found once it is read; until then the old one is. Answers at once. */
  replaceDocument(
    workspaceId: string,
    baseId: string,
    documentId: string,
    document: NewDocument,
  ): Promise<KnowledgeDocumentRecord>
  /** Its title, its values, and whether it is found. */
  changeDocument(
    workspaceId: string,
    baseId: string,
    documentId: string,
    change: (document: KnowledgeDocumentRecord) => Pick<KnowledgeDocumentRecord, 'title' | 'hidden' | 'values'>,
  ): Promise<KnowledgeDocumentRecord>

  /** In the order of the document. */
  listPassages(workspaceId: string, baseId: string, documentId: string): Promise<NamedPassage[]>
  /**
   * Adds, changes or takes away passages; those that say something new get their vectors afterwards. Of two changes at once
   * one sees the other's. @throws {ParleyError} `conflict` for a document that is not read yet; what `change` throws
   */
  changePassages(
    workspaceId: string,
    baseId: string,
    documentId: string,
    change: (passages: NamedPassage[]) => NamedPassage[],
  ): Promise<KnowledgeDocumentRecord>
  /** Makes the vectors of one document, or of all of a base, anew: for another embedding model. Answers at once. */
  reindex(workspaceId: string, baseId: string, documentId?: string): Promise<void>

  /** The best passages of these bases first; of bases that are not there, none. */
  search(
    workspaceId: string,
    baseIds: readonly string[],
    query: string,
    options: SearchOptions,
  ): Promise<KnowledgeHit[]>
  /** How often passages of a base were found; those that never were are left out. */
  countedHits(workspaceId: string, baseId: string): Promise<PassageHits[]>
  /** The file or text a document was brought as; `null` where it was not kept. */
  sourceOf(document: KnowledgeDocumentRecord): Promise<KnowledgeFileRecord | null>
  /** Files as they were brought. Absent: this server keeps none. */
  sources: SourceFiles | undefined

  /**
   * A file as the passages it would be found by; nothing of it is kept.
   * @throws {ParleyError} `invalid_request` for a file without text that can be read, `not_configured` where no files are read
   */
  cutFile(file: { name: string; bytes: Uint8Array }): Promise<Omit<Passage, 'document'>[]>

  /** Goes on with what a process that ended left unfinished. */
  start(): Promise<void>
  /** Stops; what is unfinished goes on at the next start. */
  stop(): Promise<void>
  /** Resolves when nothing is being read or indexed any more. */
  idle(): Promise<void>
  /** Resolves when this process no longer reads or indexes that document. */
  done(documentId: string): Promise<void>
}

export interface BaseChange {
  name?: string | undefined
  description?: string | null | undefined
  tags?: ((tags: readonly string[]) => string[]) | undefined
  fields?: ((fields: readonly KnowledgeField[]) => KnowledgeField[]) | undefined
  own_fields?: boolean | undefined
  search?: SearchSettings | undefined
}

export function createKnowledgeBases(parts: KnowledgeParts): KnowledgeBases {
  const { store, clock } = parts
  const sources = parts.sources && createSourceFiles(parts.sources, parts)
  const indexing = createIndexing(parts, sources)
  const { search, flush } = createKnowledgeSearch(parts)
  const isComparable = ({ embedding_model: model }: KnowledgeDocumentRecord) =>
    model !== undefined && model === parts.embedder?.model
  const now = () => clock.now().toISOString()

  const load = async (workspaceId: string, baseId: string) =>
    (await store.loadBase(workspaceId, baseId)) ?? missing(`There is no knowledge base "${baseId}" here.`)
  const loadDocument = async (workspaceId: string, baseId: string, documentId: string) =>
    (await store.loadDocument(workspaceId, baseId, documentId)) ?? missing(noDocument(documentId))

  return {
    embedder: parts.embedder,
    reranker: parts.reranker,
    makesQuestions: parts.makeQuestions !== undefined,
    list: (workspaceId, page) => store.listBases(workspaceId, page),
    load,
    async create(workspaceId, { name, description }) {
      const time = now()
      const base = { id: crypto.randomUUID(), workspace_id: workspaceId, name, created_at: time, updated_at: time }
      const described = description ? { ...base, description } : base
      await store.addBase(described)
      return described
    },
    async update(workspaceId, baseId, change) {
      const changed = await store.changeBase(workspaceId, baseId, (old) => ({
        ...withChange(old, change),
        updated_at: now(),
      }))
      return changed ?? missing(`There is no knowledge base "${baseId}" here.`)
    },
    async delete(workspaceId, baseId) {
      const documents = sources ? await everyDocument(workspaceId, baseId) : []
      if (!(await store.deleteBase(workspaceId, baseId))) missing(`There is no knowledge base "${baseId}" here.`)
      for (const { file_id } of documents) await forget(workspaceId, file_id)
    },

    async listDocuments(workspaceId, baseId, page) {
      await load(workspaceId, baseId)
      return store.listDocuments(workspaceId, baseId, page)
    },
    loadDocument,
    async addDocument(workspaceId, baseId, document) {
      await load(workspaceId, baseId)
      const brought = await bring(workspaceId, document)
      const record = toRecord({ workspace_id: workspaceId, base_id: baseId }, brought, now())
      if (!(await store.addDocument(record))) {
        await forget(workspaceId, brought.fileId)
        missing(`There is no knowledge base "${baseId}" here.`)
      }
      indexing.add(record, brought.content)
      return record
    },
    async deleteDocument(workspaceId, baseId, documentId) {
      const document = await loadDocument(workspaceId, baseId, documentId)
      if (!(await store.deleteDocument(workspaceId, baseId, documentId))) missing(noDocument(documentId))
      await forget(workspaceId, document.file_id)
    },
    async replaceDocument(workspaceId, baseId, documentId, document) {
      await loadDocument(workspaceId, baseId, documentId)
      const brought = await bring(workspaceId, document)
      const place = { workspace_id: workspaceId, base_id: baseId, id: documentId }
      let replaced: string | undefined
      const changed = await store.changeDocument(place, ({ problem: _, filename: __, file_id, ...old }) => {
        replaced = file_id
        const told = describe(brought, old.title)
        return { document: { ...old, ...told, status: 'reading', edition: nextEdition(old), updated_at: now() } }
      })
      if (!changed) {
        await forget(workspaceId, brought.fileId)
        missing(noDocument(documentId))
      }
      await forget(workspaceId, replaced)
      indexing.add(changed, brought.content)
      return changed
    },
    async changeDocument(workspaceId, baseId, documentId, change) {
      const place = { workspace_id: workspaceId, base_id: baseId, id: documentId }
      const changed = await store.changeDocument(place, (old) => {
        const { title, hidden, values } = change(old)
        const { hidden: _, values: __, ...rest } = old
        const told = { title, ...(hidden && { hidden }), ...(values && { values }) }
        return { document: { ...rest, ...told, updated_at: now() } }
      })
      return changed ?? missing(noDocument(documentId))
    },
    async listPassages(workspaceId, baseId, documentId) {
      const passages = await store.loadPassages(await loadDocument(workspaceId, baseId, documentId))
      return passages.map(({ vector: _, ...passage }, place) => ({
        ...passage,
        id: passageId(passage, documentId, place),
      }))
    },
    async changePassages(workspaceId, baseId, documentId, change) {
      const place = { workspace_id: workspaceId, base_id: baseId, id: documentId }
      const changed = await store.changeDocument(place, (old, stored) => {
        if (old.status === 'reading')
          throw new ParleyError('conflict', `"${old.title}" is still being read. Try again when it is ready.`)
        const passages = withVectors(change(withIds(stored, documentId)), withIds(stored, documentId))
        const isSearched = searchedOf(old, passages)
        const bare = passages.findIndex((passage) => passage.vector === undefined && isSearched(passage))
        const kept = bare < 0 ? passages.length : bare
        const { problem: _, ...known } = old
        const progress = { ...measure(passages), embedded: isComparable(old) ? kept : 0 }
        const document = { ...known, ...progress, edition: nextEdition(old), updated_at: now() }
        return { document: { ...document, status: 'indexing' }, passages }
      })
      if (!changed) missing(noDocument(documentId))
      indexing.more(changed, isComparable(changed))
      return changed
    },
    async reindex(workspaceId, baseId, documentId) {
      if (documentId !== undefined) return indexing.again(await loadDocument(workspaceId, baseId, documentId))
      await load(workspaceId, baseId)
      for (const document of await everyDocument(workspaceId, baseId)) await indexing.again(document)
    },

    search,
    async countedHits(workspaceId, baseId) {
      await flush()
      return store.loadHits(workspaceId, baseId)
    },
    sourceOf: async ({ workspace_id, file_id }) =>
      file_id === undefined ? null : ((await sources?.load(workspace_id, file_id)) ?? null),
    sources,
    cutFile: indexing.cut,
    async start() {
      await indexing.resume()
      await sources?.sweep()
    },
    async stop() {
      await indexing.stop()
      await flush()
    },
    idle: () => indexing.idle(),
    done: (documentId) => indexing.done(documentId),
  }

  /** What a document is made of, kept as it was brought. */
  async function bring(workspaceId: string, document: NewDocument): Promise<Brought> {
    const { title, url, split, batch, language } = document
    const about = { title, url, split, batch, language }
    if ('fileId' in document) {
      const file = await sources?.load(workspaceId, document.fileId)
      const stream = file && (await sources?.open(file))
      if (!stream || !(await sources?.use(workspaceId, file.id)))
        return missing(`There is no file "${document.fileId}" that waits for a document.`)
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
      return { ...about, content: { file: { name: file.name, bytes } }, fileId: file.id }
    }
    if ('file' in document) {
      const kept = await sources?.keep(workspaceId, document.file, { used: true })
      return { ...about, content: { file: document.file }, fileId: kept?.id }
    }
    const { text } = document
    const file = { name: `${title ?? 'Untitled'}.txt`, mime_type: 'text/plain', bytes: new TextEncoder().encode(text) }
    const kept = await sources?.keep(workspaceId, file, { used: true })
    return { ...about, content: { text }, fileId: kept?.id }
  }

  async function forget(workspaceId: string, fileId: string | undefined): Promise<void> {
    if (fileId !== undefined) await sources?.delete(workspaceId, fileId)
  }

  function everyDocument(workspaceId: string, baseId: string): Promise<KnowledgeDocumentRecord[]> {
    return everyRow((page) => store.listDocuments(workspaceId, baseId, page), 'asc')
  }
}

/** A document as somebody brought it, and where that is kept. */
type Brought = Pick<NewDocument, 'title' | 'url' | 'split' | 'batch' | 'language'> & {
  content: { text: string; file?: undefined } | { file: { name: string; bytes: Uint8Array }; text?: undefined }
  fileId: string | undefined
}

function withChange(old: KnowledgeBaseRecord, change: BaseChange): KnowledgeBaseRecord {
  const { description, ...base } = old
  const kept = change.description === undefined ? description : change.description
  return {
    ...base,
    name: change.name ?? base.name,
    ...(kept && { description: kept }),
    ...(change.tags && { tags: change.tags(base.tags ?? []) }),
    ...(change.fields && { fields: change.fields(base.fields ?? []) }),
    ...(change.own_fields !== undefined && { own_fields: change.own_fields }),
    ...(change.search && { search: change.search }),
  }
}

const nextEdition = ({ edition = 0 }: KnowledgeDocumentRecord) => edition + 1

const withIds = (passages: PassageRecord[], documentId: string): (PassageRecord & { id: string })[] =>
  passages.map((passage, place) => ({ ...passage, id: passageId(passage, documentId, place) }))

/** A passage that says what it said before keeps its vector. */
function withVectors(passages: NamedPassage[], before: (PassageRecord & { id: string })[]): PassageRecord[] {
  const known = new Map(before.map((passage) => [passage.id, passage]))
  return passages.map((passage) => {
    const old = known.get(passage.id)
    const isSame = old?.text === passage.text && old.headings.join('\n') === passage.headings.join('\n')
    return { ...passage, ...(isSame && old.vector !== undefined && { vector: old.vector }) }
  })
}

function toRecord(
  { workspace_id, base_id }: Pick<KnowledgeDocumentRecord, 'base_id' | 'workspace_id'>,
  brought: Brought,
  time: string,
): KnowledgeDocumentRecord {
  const told = describe(brought, 'Untitled')
  const progress = { status: 'reading', passages: 0, embedded: 0 } as const
  return { id: crypto.randomUUID(), base_id, workspace_id, ...told, ...progress, created_at: time, updated_at: time }
}

/** What a document says of what was brought for it. */
function describe(brought: Brought, untitled: string) {
  const { title, url, split, batch, language, fileId } = brought
  const { file, text = '' } = brought.content
  return {
    title: title ?? file?.name ?? untitled,
    ...(file && { filename: file.name }),
    ...(url !== undefined && { url }),
    ...(split && { split }),
    ...(batch !== undefined && { batch }),
    ...(language !== undefined && { language }),
    ...(fileId !== undefined && { file_id: fileId }),
    bytes: file ? file.bytes.length : new TextEncoder().encode(text).length,
  }
}

const noDocument = (id: string) => `There is no document "${id}" in this knowledge base.`

function missing(message: string): never {
  throw new ParleyError('not_found', message)
}
