import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { Embedder } from '../models/embeddings.js'
import type { Reranker } from '../models/rerank.js'
import type { KnowledgeStore } from '../storage/knowledge-store.js'
import type { SourceFileParts } from './source-files.js'

/** What knowledge bases are made of. */
export interface KnowledgeParts {
  store: KnowledgeStore
  /** Absent: knowledge is searched by words alone. */
  embedder?: Embedder | undefined
  /** Absent: no search is put in order anew. */
  reranker?: Reranker | undefined
  /** Makes questions of a text. Absent: no document becomes any. @throws {ParleyError} `model_failed` */
  makeQuestions?: ((text: string, signal?: AbortSignal) => Promise<QuestionAndAnswer[]>) | undefined
  /** Absent: only text is taken. */
  readDocument?: DocumentReader | undefined
  /** Where what was brought is kept as it was. Absent: only its text is. */
  sources?: SourceFileParts | undefined
  clock: Clock
  log: Log
}

/** What may be asked, and what is to be answered. */
export interface QuestionAndAnswer {
  question: string
  answer: string
}

/** Reads a file as Markdown, part by part. @throws {ParleyError} `invalid_request` in words for whoever brought it */
export type DocumentReader = (
  file: { name: string; bytes: Uint8Array },
  signal?: AbortSignal,
) => Promise<{ text: string; page?: number }[]>
