/** Where the bytes of uploaded files are kept, by id. It knows nothing of names, people or types. */
export interface FileStorage {
  /** Keeps everything the stream brings under the id; when the stream fails, nothing is kept. */
  write(id: string, bytes: ReadableStream<Uint8Array>): Promise<void>
  /** `null` when nothing is kept under the id. */
  read(id: string): Promise<StoredFile | null>
  /** Deleting what is not there is not an error. */
  delete(id: string): Promise<void>
}

/** A file that is kept. */
export interface StoredFile {
  size: number
  /** The bytes from the start, at most `maxBytes` of them. */
  open(maxBytes?: number): ReadableStream<Uint8Array>
}

/** Ids name files on a disk: nothing else may reach one. */
export const isFileId = (id: string): boolean => /^[A-Za-z0-9_-]{1,128}$/.test(id)
