import type { StorageError } from '../storage/storage-error.js'

/** Nothing can be kept any more: whoever looks after the process starts it anew, or reads why not. */
export function endAtOnce(lost: StorageError): never {
  console.error(`\n${lost.message}\n`)
  process.exit(1)
}
