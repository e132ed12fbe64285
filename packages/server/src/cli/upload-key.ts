import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The key that signs addresses of files: made at the first start, kept beside the files, readable by this user alone. */
export function uploadKey(folder: string): Uint8Array {
  const path = join(folder, 'uploads.key')
  try {
    writeFileSync(path, randomBytes(32), { flag: 'wx', mode: 0o600 })
  } catch (thrown) {
    if (Object(thrown).code !== 'EEXIST') throw thrown
  }
  return readFileSync(path)
}
