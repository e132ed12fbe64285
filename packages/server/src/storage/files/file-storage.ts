/** Where the bytes of uploaded files are kept, by id. It knows nothing of names, people or types. */
export interface FileStorage {
  /** Called once at start: makes the place ready, or fails with a sentence that says what has to be mended. */
  prepare?(): Promise<void>
  /** Fails when files cannot be kept at the moment. Cheap enough to be asked every few seconds. */
  check?(): Promise<void>
  /** Keeps the `sizeBytes` bytes the stream brings under the id; when the stream fails, nothing is kept. */
  write(id: string, bytes: ReadableStream<Uint8Array>, sizeBytes: number): Promise<void>
  /** The file, or its first `maxBytes` bytes; `null` when nothing is kept under the id. */
  read(id: string, maxBytes?: number): Promise<StoredFile | null>
  /** Deleting what is not there is not an error. */
  delete(id: string): Promise<void>
}

/** A file that is kept. Whoever asked for it reads the bytes or cancels them. */
export interface StoredFile {
  /** Of the whole file. */
  size: number
  bytes: ReadableStream<Uint8Array>
}

/** Ids name files on a disk: nothing else may reach one. */
export const isFileId = (id: string): boolean => /^[A-Za-z0-9_-]{1,128}$/.test(id)

/** @throws {TypeError} for what is not a file id; no caller's input comes this far unchecked. */
export function assertFileId(id: string): void {
  if (!isFileId(id)) throw new TypeError('A file id holds nothing but letters, digits, "_" and "-".')
}
