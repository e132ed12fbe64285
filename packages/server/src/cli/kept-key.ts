import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A key of this server: made at the first start, kept in the data folder, readable by this user alone. */
export function keptKey(folder: string, name: string): Uint8Array {
  const path = join(folder, name)
  try {
    writeFileSync(path, randomBytes(32), { flag: 'wx', mode: 0o600 })
  } catch (thrown) {
    if (Object(thrown).code !== 'EEXIST') throw thrown
  }
  return readFileSync(path)
}

/** Signs the cookies of people who are signed in. */
export const loginSecret = (folder: string) => Buffer.from(keptKey(folder, 'login.key')).toString('base64')

const ENCRYPTION_KEY = 'encryption.key'

/** What stored keys are encrypted with, the newest first. The one in the data folder goes on opening what it has sealed. */
export function encryptionKeys(
  folder: string,
  [newest, ...older]: readonly Uint8Array[],
): [Uint8Array, ...Uint8Array[]] {
  if (!newest) return [keptKey(folder, ENCRYPTION_KEY)]
  const kept = join(folder, ENCRYPTION_KEY)
  return [newest, ...older, ...(existsSync(kept) ? [readFileSync(kept)] : [])]
}
