import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
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
