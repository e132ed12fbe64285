import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { appFilesIn } from '../code-apps/app-files.js'
import { type Settings, SettingsError } from '../node/settings.js'

/** The apps folder the settings name, or `./apps` if there are apps in it. @throws {SettingsError} when there is none of that name */
export function appsFolderOf({ apps }: Pick<Settings, 'apps'>): string | undefined {
  const path = resolve(apps ?? 'apps')
  const found = statSync(path, { throwIfNoEntry: false })
  if (apps === undefined) return found?.isDirectory() && appFilesIn(path).length > 0 ? path : undefined
  if (found?.isDirectory()) return path
  const reason = found ? 'is not a folder' : 'does not exist'
  throw new SettingsError([
    `PARLEY_APPS names ${path}, which ${reason}. Name the folder your apps are in, or leave it out to use ./apps.`,
  ])
}
