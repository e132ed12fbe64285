import type { Page } from '@parley/protocol'
import type {
  DocumentChange,
  DocumentPlace,
  KnowledgeBaseRecord,
  KnowledgeDocumentRecord,
  KnowledgeStore,
  PassageHits,
  PassageRecord,
} from '../knowledge-store.js'
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
/** An update that changes nothing, first, keeps everybody else away until the end of the transaction. */
const takeBase = sql<Row>(`update knowledge_bases set revision = revision where ${BASE} returning document`)
const removeBase = sql<{ sequence: Place }>(`delete from knowledge_bases where ${BASE} returning sequence`)
const revision = sql<{ revision: number }>(`select revision from knowledge_bases where ${BASE}`)
/** The base says something else now. */
const says = sql(`update knowledge_bases set revision = revision + 1 where ${BASE}`)
const readBases = filteredPages<Row>('main.document', 'knowledge_bases as main')

const addDocument = sql<{ sequence: Place }>(
  `insert into knowledge_documents (base, workspace_id, id, done, updated_at, document)
    select sequence, workspace_id, $3, $4, $5, $6 from knowledge_bases where ${BASE} returning sequence`,
)
const saveDocument = sql<{ sequence: Place }>(
  `update knowledge_documents set done = $4, updated_at = $5, document = $6 where ${DOCUMENT} returning sequence`,
)
const takeDocument = sql<Row & { sequence: Place }>(
  `update knowledge_documents set done = done where ${DOCUMENT} returning sequence, document`,
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

const addHits = sql(
  `insert into knowledge_hits (document, passage, hits)
    select sequence, $4, $5 from knowledge_documents where ${DOCUMENT}
    on conflict (document, passage) do update set hits = knowledge_hits.hits + excluded.hits`,
)
const loadHits = sql<PassageHits>(
  `select documents.id as document_id, counted.passage as passage_id, counted.hits as hits
    from knowledge_hits as counted join knowledge_documents as documents on documents.sequence = counted.document
    where documents.base = (select sequence from knowledge_bases where ${BASE})`,
)

/** The part of the store that is about knowledge. */
export function knowledgeStore({ run, transaction }: SqlDriver): KnowledgeStore {
  return {
    addBase: (base) => run(() => all(addBase, [...baseKeys(base), JSON.stringify(base)])).then(() => undefined),
    loadBase: (workspaceId, id) => run(() => readOne<KnowledgeBaseRecord>(loadBase, [workspaceId, id])),
    changeBase: (workspaceId, id, change) => transaction(() => changeBase([workspaceId, id].map(toKey), change)),
    listBases: (workspaceId, page) => run(() => listBases(workspaceId, page)),
    deleteBase: (workspaceId, id) => run(() => isThere(removeBase, [toKey(workspaceId), toKey(id)])),
    revisionOf: (workspaceId, id) => run(() => revisionOf(workspaceId, id)),

    addDocument: (document) => run(() => isThere(addDocument, valuesOf(document))),
    saveProgress: (document) => transaction(() => saveProgress(document)).then((place) => place !== null),
    changeDocument: (place, change) => transaction(() => changeDocument(place, change)),
    loadDocument: (...ids) => run(() => readOne<KnowledgeDocumentRecord>(loadDocument, ids)),
    listDocuments: (workspaceId, baseId, page) => run(() => listDocuments(workspaceId, baseId, page)),
    deleteDocument: (...ids) => transaction(() => deleteDocument(ids)),
    listUnfinished: (time) => run(() => listUnfinished(time)),

    replacePassages: (document, passages) => transaction(() => replacePassages(document, passages)),
    saveVectors: (document, start, vectors) => transaction(() => saveVectors(document, start, vectors)),
    loadPassages: (document) => run(() => readPassages(document)),

    countHits: (workspaceId, baseId, hits) => transaction(() => countHits([workspaceId, baseId].map(toKey), hits)),
    loadHits: (workspaceId, baseId) => run(() => readHits([workspaceId, baseId].map(toKey))),
  }
}

const baseKeys = ({ workspace_id, id }: KnowledgeBaseRecord) => [toKey(workspace_id), toKey(id)]
const documentKeys = ({ workspace_id, base_id, id }: DocumentPlace) => [workspace_id, base_id, id].map(toKey)

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

const omitUndefined = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

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
  yield* all(says, keys.slice(0, 2))
  return true
}

function* listUnfinished(time: string): Script<KnowledgeDocumentRecord[]> {
  return (yield* all(unfinished, [time])).map(toEntry<KnowledgeDocumentRecord>)
}

function* changeBase(
  keys: string[],
  change: (base: KnowledgeBaseRecord) => KnowledgeBaseRecord,
): Script<KnowledgeBaseRecord | null> {
  const row = yield* first(takeBase, keys)
  if (!row) return null
  const changed = change(toEntry<KnowledgeBaseRecord>(row))
  yield* all(saveBase, [...keys, JSON.stringify(changed)])
  return changed
}

/** What somebody changed about the document meanwhile stays. @returns its place in the database */
function* saveProgress(progress: KnowledgeDocumentRecord): Script<Place | null> {
  const row = yield* first(takeDocument, documentKeys(progress))
  if (!row) return null
  const { problem: _, ...known } = toEntry<KnowledgeDocumentRecord>(row)
  if (known.edition !== progress.edition) return null
  const { status, problem, passages, embedded, children, characters, embedding_model, updated_at } = progress
  const given = omitUndefined({
    status,
    problem,
    passages,
    embedded,
    children,
    characters,
    embedding_model,
    updated_at,
  })
  yield* all(saveDocument, valuesOf({ ...known, ...given }))
  return row.sequence
}

function* changeDocument(place: DocumentPlace, change: DocumentChange): Script<KnowledgeDocumentRecord | null> {
  const keys = documentKeys(place)
  const row = yield* first(takeDocument, keys)
  if (!row) return null
  const { document, passages } = change(toEntry<KnowledgeDocumentRecord>(row), yield* readPassages(place))
  if (passages) yield* writePassages(row.sequence, passages)
  yield* all(saveDocument, valuesOf(document))
  yield* all(says, keys.slice(0, 2))
  return document
}

function* replacePassages(document: KnowledgeDocumentRecord, passages: PassageRecord[]): Script<boolean> {
  const sequence = yield* saveProgress(document)
  if (sequence === null) return false
  yield* writePassages(sequence, passages)
  yield* all(says, documentKeys(document).slice(0, 2))
  return true
}

function* writePassages(sequence: Place, passages: PassageRecord[]): Script<void> {
  yield* all(removePassages, [sequence])
  for (const [number, { vector = null, ...passage }] of passages.entries())
    yield* all(addPassage, [sequence, number, JSON.stringify(passage), vector])
}

function* saveVectors(document: KnowledgeDocumentRecord, start: number, vectors: (string | null)[]): Script<boolean> {
  const sequence = yield* saveProgress(document)
  if (sequence === null) return false
  for (const [index, vector] of vectors.entries()) yield* all(saveVector, [sequence, start + index, vector])
  yield* all(says, documentKeys(document).slice(0, 2))
  return true
}

function* readPassages(document: DocumentPlace): Script<PassageRecord[]> {
  const rows = yield* all(loadPassages, documentKeys(document))
  return rows.map(({ passage, vector }) => {
    const record = JSON.parse(passage) as PassageRecord // written by replacePassages
    return vector === null ? record : { ...record, vector }
  })
}

function* countHits(base: string[], hits: readonly PassageHits[]): Script<void> {
  for (const { document_id, passage_id, hits: count } of hits)
    yield* all(addHits, [...base, toKey(document_id), toKey(passage_id), count])
}

function* readHits(base: string[]): Script<PassageHits[]> {
  const rows = yield* all(loadHits, base)
  return rows.map((row) => ({ ...row, hits: Number(row.hits) })) // PostgreSQL tells large numbers as texts
}
