import type { Page } from '@parley/protocol'
import type { PageQuery } from './store.js'

/** Documents that agents of a workspace may search. */
export interface KnowledgeBaseRecord {
  id: string
  workspace_id: string
  name: string
  description?: string
  /** Ids of the workspace's words for its bases. */
  tags?: string[]
  /** What documents of this base may be told by, besides their text. */
  fields?: KnowledgeField[]
  /** Whether they may also be told by what the server knows of them, such as their names and times. */
  own_fields?: boolean
  /** How it is searched where nobody says otherwise. */
  search?: SearchSettings
  created_at: string
  updated_at: string
}

/** A word that a workspace sorts its knowledge bases by. */
export interface KnowledgeTagRecord {
  id: string
  workspace_id: string
  name: string
}

/** A file that was brought for a document, as it was. Its bytes are where files are kept, under the same id. */
export interface KnowledgeFileRecord {
  id: string
  workspace_id: string
  name: string
  size: number
  mime_type?: string
  created_at: string
  /** A document is made of it. Absent: it still waits for one. */
  used?: true
}

/** How a text is cut. `longest` and `overlap` are in characters. */
export interface CutSettings {
  separator: string
  longest: number
  overlap: number
}

/** How a document becomes passages. */
export interface SplitSettings {
  /** What is left out first: superfluous blanks, or addresses of pages and people. */
  without?: ('blanks' | 'addresses')[]
  /** Absent: at headings. */
  passages?: CutSettings | 'whole'
  /** Cuts passages once more, into children that are searched in the place of their parents. */
  children?: CutSettings
  /** A model makes questions of each passage, with their answers, which take its place. */
  questions?: true
}

/** How often a passage was found. */
export interface PassageHits {
  document_id: string
  passage_id: string
  hits: number
}

/** A property that documents of one base may have. */
export interface KnowledgeField {
  id: string
  name: string
  type: 'string' | 'number' | 'time'
}

/** By words, by meaning or, best, both; `least` leaves out what scores less (0 to 1). */
export interface SearchSettings {
  by: 'words' | 'meaning' | 'both'
  limit: number
  least?: number
  /** How much words and meaning count, where both do. Absent: by the places in both lists, not by the scores. */
  weights?: SearchWeights | undefined
  /** A rerank model puts the best in order, where the server has one. */
  rerank?: boolean
}

/** Shares of a score. */
export interface SearchWeights {
  words: number
  meaning: number
}

/** One document of a base, and how far it is. */
export interface KnowledgeDocumentRecord {
  id: string
  base_id: string
  workspace_id: string
  title: string
  filename?: string
  url?: string
  /** It stays, and no search finds it: for now, or because it is of old. */
  hidden?: 'disabled' | 'archived'
  /** The file or text it was brought as. Absent: it was not kept. */
  file_id?: string
  /** What was brought together has one. Absent: it came alone. */
  batch?: string
  split?: SplitSettings
  /** The language it is said to be in. */
  language?: string
  /** Values of the base's fields, by the id of the field; a time is in Unix seconds. */
  values?: Record<string, string | number>
  /** `reading`: its text is not known yet; `indexing`: found by words, not yet by meaning; `failed`: see `problem`. */
  status: 'reading' | 'indexing' | 'ready' | 'failed'
  problem?: string
  bytes: number
  /** Counts how often somebody else than its indexing changed its text. Absent: never. */
  edition?: number
  /** How many passages it was cut into, and how many of them have a vector. */
  passages: number
  embedded: number
  /** How many of them are parts of others. */
  children?: number
  /** How many characters the others have. Absent: nobody counted them. */
  characters?: number
  /** The model the vectors are of. */
  embedding_model?: string
  created_at: string
  updated_at: string
}

/** A piece of a document. `vector` is text that only knowledge itself can read. */
export interface PassageRecord {
  /** Absent for those nobody has changed: {@link passageId} names them. */
  id?: string
  headings: string[]
  text: string
  page?: number
  /** Words it is found by besides its own. */
  keywords?: string[]
  /** It stays, and no search finds it. */
  hidden?: true
  /** Of which passage it is a part; that one stands before it. */
  parent?: string
  /** It is a question and its answer, which its text says in one. */
  question?: string
  answer?: string
  /** Somebody wrote it: it was not cut from its parent. */
  written?: true
  vector?: string
}

/** How a passage is called, until it is written anew, by its place from 0. */
export const passageId = ({ id }: PassageRecord, documentId: string, place: number): string =>
  id ?? `${documentId}-${place}`

/** Which document of which workspace. */
export type DocumentPlace = Pick<KnowledgeDocumentRecord, 'id' | 'base_id' | 'workspace_id'>

export type DocumentChange = (
  document: KnowledgeDocumentRecord,
  passages: PassageRecord[],
) => { document: KnowledgeDocumentRecord; passages?: PassageRecord[] }

/** The knowledge of all workspaces. Foreign ids look missing. */
export interface KnowledgeStore {
  addBase(base: KnowledgeBaseRecord): Promise<void>
  loadBase(workspaceId: string, baseId: string): Promise<KnowledgeBaseRecord | null>
  /** Of two changes at once one sees the other's. `null`: there is no such base. */
  changeBase(
    workspaceId: string,
    baseId: string,
    change: (base: KnowledgeBaseRecord) => KnowledgeBaseRecord,
  ): Promise<KnowledgeBaseRecord | null>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listBases(workspaceId: string, page: PageQuery): Promise<Page<KnowledgeBaseRecord>>
  /** With everything in it. `false`: there is no such base. */
  deleteBase(workspaceId: string, baseId: string): Promise<boolean>
  /** A number that is another one after every change of what the base says; `null`: there is no such base. */
  revisionOf(workspaceId: string, baseId: string): Promise<number | null>

  /** `false`: its base is gone. */
  addDocument(document: KnowledgeDocumentRecord): Promise<boolean>
  /** Saves how far it is, and nothing else of it. `false`: it, or this edition of it, is gone. */
  saveProgress(document: KnowledgeDocumentRecord): Promise<boolean>
  /**
   * Changes a document and, if `change` gives them, its passages, which come with their vectors. Of two changes at once
   * one sees the other's. `null`: it is gone. What `change` throws undoes it.
   */
  changeDocument(place: DocumentPlace, change: DocumentChange): Promise<KnowledgeDocumentRecord | null>
  loadDocument(workspaceId: string, baseId: string, documentId: string): Promise<KnowledgeDocumentRecord | null>
  /** By creation. @throws {ParleyError} `invalid_cursor` for an unknown `after` */
  listDocuments(workspaceId: string, baseId: string, page: PageQuery): Promise<Page<KnowledgeDocumentRecord>>
  deleteDocument(workspaceId: string, baseId: string, documentId: string): Promise<boolean>
  /** Documents of every workspace that are not done and were last told of before `time`: a process ended over them. */
  listUnfinished(time: string): Promise<KnowledgeDocumentRecord[]>

  /** Puts passages in the place of those it had, and saves how far it is. `false`: it, or this edition of it, is gone. */
  replacePassages(document: KnowledgeDocumentRecord, passages: PassageRecord[]): Promise<boolean>
  /** Gives passages from number `start` on their vectors (`null`: none), and saves how far it is. `false`: it, or this edition of it, is gone. */
  saveVectors(document: KnowledgeDocumentRecord, start: number, vectors: (string | null)[]): Promise<boolean>
  /** In order. */
  loadPassages(document: KnowledgeDocumentRecord): Promise<PassageRecord[]>

  /** Adds to what is counted; passages of documents that are gone count nothing. */
  countHits(workspaceId: string, baseId: string, hits: readonly PassageHits[]): Promise<void>
  /** Of passages that were found at all. */
  loadHits(workspaceId: string, baseId: string): Promise<PassageHits[]>
}
