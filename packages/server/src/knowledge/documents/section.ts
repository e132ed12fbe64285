/** A part of a document as Markdown text. */
export interface Section {
  text: string
  /** The page it is on, from 1, where the kind of document has pages. */
  page?: number
}

/** Reads one kind of document. @throws {DocumentError} when it is damaged or too large */
export type ReadFormat = (bytes: Uint8Array) => Promise<Section[]> | Section[]

/** What is wrong with a document, in words for the person who brought it. */
export class DocumentError extends Error {
  override name = 'DocumentError'
}
