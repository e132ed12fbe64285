import { Unzip, UnzipInflate } from 'fflate'
import { DocumentError } from './section.js'

/** What is packed in a document, unpacked, at most: pictures, which do not shrink, are not counted twice. */
const MOST_UNPACKED = 64 * 1024 * 1024
const MOST_ENTRIES = 10_000
/** How much is unpacked between two looks at the size. */
const STEP = 64 * 1024

/**
 * Refuses a packed document that unpacks to more than anybody writes: unpacks it piece by piece, counts, and keeps
 * nothing. What an archive says of its own size is not believed.
 *
 * @throws {DocumentError}
 */
export function checkArchive(bytes: Uint8Array, kind: string): void {
  let unpacked = 0
  let entries = 0
  let problem: DocumentError | undefined
  const archive = new Unzip((file) => {
    if (++entries > MOST_ENTRIES) problem ??= tooLarge(kind)
    file.ondata = (error, chunk) => {
      if (error) problem ??= damaged(kind)
      unpacked += chunk?.length ?? 0
      if (unpacked > MOST_UNPACKED + bytes.length) problem ??= tooLarge(kind)
    }
    if (!problem) file.start()
  })
  archive.register(UnzipInflate)
  try {
    for (let start = 0; start < bytes.length && !problem; start += STEP)
      archive.push(bytes.subarray(start, start + STEP), start + STEP >= bytes.length)
  } catch {
    problem ??= damaged(kind)
  }
  if (problem) throw problem
  if (entries === 0) throw damaged(kind)
}

const tooLarge = (kind: string) =>
  new DocumentError(`The ${kind} unpacks to more than ${MOST_UNPACKED / 1024 / 1024} MB. Split it into smaller ones.`)
const damaged = (kind: string) =>
  new DocumentError(`The ${kind} is damaged, or it is not one: open it in its program and save it again.`)
