import type { Page } from '@parley/protocol'
import type { KnowledgeBaseRecord, KnowledgeDocumentRecord, KnowledgeStore, PassageRecord } from '../knowledge-store.js'
import type { PageQuery } from '../store.js'
import { filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import type { Place } from './page.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'

interface Row {
  document: string
}

const BASE = 'workspace_id = $1 and id = $2'
const DOCUMENT = `base = (select sequence from knowledge_bases where ${BASE}) and id = $3`

const addBase = sql('insert into knowledge_bases (workspace_id, id, revision, document) values ($1, $2, 0, $3)')
const loadBase = sql<Row>(`select document from knowledge_bases where ${BASE}`)
const saveBase = sql<{ sequence: Place }>(`update knowledge_bases set document = $3 where ${BASE} returning sequence`)
const removeBase = sql<{ sequence: Place }>(`delete from knowledge_bases where ${BASE} returning sequence`)
const revision = sql<{ revision: number }>(`select revision from knowledge_bases where ${BASE}`)
const change = sql(`update knowledge_bases set revision = revision + 1 where ${BASE}`)
const readBases = filteredPages<Row>('main.document', 'knowledge_bases as main')

const addDocument = sql<{ sequence: Place }>(
  `insert into knowledge_documents (base, workspace_id, id, done, updated_at, document)
    select sequence, workspace_id, $3, $4, $5, $6 from knowledge_bases where ${BASE} returning sequence`,
)
const saveDocument = sql<{ sequence: Place }>(
  `update knowledge_documents set done = $4, updated_at = $5, document = $6 where ${DOCUMENT} returning sequence`,
)
const loadDocument = sql<Row>(`select document from knowledge_documents where ${DOCUMENT}`)
const removeDocument = sql<{ sequence: Place }>(`delete from knowledge_documents where ${DOCUMENT} returning sequence`)
const unfinished = sql<Row>('select document from knowledge_documents where done = 0 and updated_at < $1')
const readDocuments = filteredPages<Row>('main.document', 'knowledge_documents as main')

const removePassages = sql('delete from knowledge_passages where document = $1')
const addPassage = sql('insert into knowledge_passages (document, number, passage, vector) values ($1, $2, $3, $4)')
const saveVector = sql('update knowledge_passages set vector = $3 where document = $1 and number = $2')
const loadPassages = sql<{ passage: string; vector: string | null }>(
  `select passage, vector from knowledge_passages
    where document = (select sequence from knowledge_documents where ${DOCUMENT}) order by number`,
)

/** The part of the store that is about knowledge. */
export function knowledgeStore({ run, transaction }: SqlDriver): KnowledgeStore {
  return {
    addBase: (base) => run(() => all(addBase, [...baseKeys(base), JSON.stringify(base)])).then(() => undefined),
    loadBase: (workspaceId, id) => run(() => readOne<KnowledgeBaseRecord>(loadBase, [workspaceId, id])),
    saveBase: (base) => run(() => isThere(saveBase, [...baseKeys(base), JSON.stringify(base)])),
    listBases: (workspaceId, page) => run(() => listBases(workspaceId, page)),
    deleteBase: (workspaceId, id) => run(() => isThere(removeBase, [toKey(workspaceId), toKey(id)])),
    revisionOf: (workspaceId, id) => run(() => revisionOf(workspaceId, id)),

    addDocument: (document) => run(() => isThere(addDocument, valuesOf(document))),
    saveDocument: (document) => run(() => isThere(saveDocument, valuesOf(document))),
    loadDocument: (...ids) => run(() => readOne<KnowledgeDocumentRecord>(loadDocument, ids)),
    listDocuments: (workspaceId, baseId, page) => run(() => listDocuments(workspaceId, baseId, page)),
    deleteDocument: (...ids) => transaction(() => deleteDocument(ids)),
    listUnfinished: (time) => run(() => listUnfinished(time)),

    replacePassages: (document, passages) => transaction(() => replacePassages(document, passages)),
    saveVectors: (document, start, vectors) => transaction(() => saveVectors(document, start, vectors)),
    loadPassages: (document) => run(() => readPassages(document)),
  }
}

const baseKeys = ({ workspace_id, id }: KnowledgeBaseRecord) => [toKey(workspace_id), toKey(id)]
const documentKeys = ({ workspace_id, base_id, id }: KnowledgeDocumentRecord) => [workspace_id, base_id, id].map(toKey)

function valuesOf(document: KnowledgeDocumentRecord) {
  const done = document.status === 'ready' || document.status === 'failed' ? 1 : 0
  return [...documentKeys(document), done, document.updated_at, JSON.stringify(document)]
}

function* readOne<Entry>(statement: typeof loadBase, ids: string[]): Script<Entry | null> {
  const row = yield* first(statement, ids.map(toKey))
  return row ? (JSON.parse(row.document) as Entry) : null // written by this store from an Entry
}

function* isThere(statement: typeof saveBase, values: (string | number)[]): Script<boolean> {
  return (yield* first(statement, values)) !== undefined
}

const toEntry = <Entry>({ document }: Row) => JSON.parse(document) as Entry // written by this store from an Entry
const idOf = ({ id }: KnowledgeBaseRecord | KnowledgeDocumentRecord) => id

function* listBases(workspaceId: string, page: PageQuery): Script<Page<KnowledgeBaseRecord>> {
  const list = { workspace: toKey(workspaceId), filters: [], toKey, toEntry: toEntry<KnowledgeBaseRecord>, idOf }
  return yield* readBases<KnowledgeBaseRecord>(page, list)
}

function* listDocuments(workspaceId: string, baseId: string, page: PageQuery): Script<Page<KnowledgeDocumentRecord>> {
  const base = yield* first(place, [toKey(workspaceId), toKey(baseId)])
  return yield* readDocuments<KnowledgeDocumentRecord>(page, {
    workspace: toKey(workspaceId),
    filters: [['main.base = $', base?.sequence ?? 0]],
    toKey,
    toEntry: toEntry<KnowledgeDocumentRecord>,
    idOf,
  })
}

const place = sql<{ sequence: Place }>(`select sequence from knowledge_bases where ${BASE}`)

function* revisionOf(workspaceId: string, baseId: string): Script<number | null> {
  const row = yield* first(revision, [toKey(workspaceId), toKey(baseId)])
  return row?.revision ?? null
}

function* deleteDocument(ids: string[]): Script<boolean> {
  const keys = ids.map(toKey)
  if (!(yield* first(removeDocument, keys))) return false
  yield* all(change, keys.slice(0, 2))
  return true
}

function* listUnfinished(time: string): Script<KnowledgeDocumentRecord[]> {
  return (yield* all(unfinished, [time])).map(toEntry<KnowledgeDocumentRecord>)
}

function* replacePassages(document: KnowledgeDocumentRecord, passages: PassageRecord[]): Script<boolean> {
  const row = yield* first(saveDocument, valuesOf(document))
  if (!row) return false
  yield* all(removePassages, [row.sequence])
  for (const [number, { vector = null, ...passage }] of passages.entries())
    yield* all(addPassage, [row.sequence, number, JSON.stringify(passage), vector])
  yield* all(change, documentKeys(document).slice(0, 2))
  return true
}

function* saveVectors(document: KnowledgeDocumentRecord, start: number, vectors: string[]): Script<boolean> {
  const row = yield* first(saveDocument, valuesOf(document))
  if (!row) return false
  for (const [index, vector] of vectors.entries()) yield* all(saveVector, [row.sequence, start + index, vector])
  yield* all(change, documentKeys(document).slice(0, 2))
  return true
}

function* readPassages(document: KnowledgeDocumentRecord): Script<PassageRecord[]> {
  const rows = yield* all(loadPassages, documentKeys(document))
  return rows.map(({ passage, vector }) => {
    const record = JSON.parse(passage) as PassageRecord // written by replacePassages
    return vector === null ? record : { ...record, vector }
  })
}
