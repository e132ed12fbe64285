import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { SettingsError } from '../node/settings.js'

/**
 * The data folder, made if need be.
 * @throws {SettingsError} when the folder cannot be made, with the reason.
 */
export function openDataDir(dataDir: string): string {
  const folder = resolve(dataDir)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 }) // chats are private: nobody else on the machine may list it
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new SettingsError([
      `The data folder ${folder} cannot be used: ${reason}. Choose another with PARLEY_DATA or --data.`,
    ])
  }
  return folder
}
