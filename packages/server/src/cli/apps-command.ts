import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { APP_TEMPLATE } from 'create-parley'
import type { Log } from '../base/log.js'
import type { AppReport } from '../code-apps/app-folder.js'
import { resolveModels } from '../models/model-settings.js'
import { nodeGuardedFetch } from '../node/guarded-fetch.js'
import { SettingsError } from '../node/settings.js'
import { appsFolderOf } from './apps-folder.js'
import type { CommandInput } from './command.js'
import { loadCodeApps } from './load-code-apps.js'
import { openToolkit } from './open-toolkit.js'

/** The report says it all. */
const SILENT: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * `parley apps`: reads every file of the apps folder as the server would. @returns what to tell the person
 * @throws {SettingsError} with the same, when a file cannot be read
 */
export async function runAppsCheck({ settings }: CommandInput): Promise<string> {
  const path = appsFolderOf(settings)
  if (path === undefined)
    throw new SettingsError([
      'There are no apps in ./apps. Make one with "parley apps new <name>", or name a folder with PARLEY_APPS.',
    ])
  const folder = await loadCodeApps().openAppFolder(path, {
    models: resolveModels(settings.model),
    toolkit: openToolkit(settings, nodeGuardedFetch({ privateHosts: settings.privateHosts })),
    modelMap: settings.modelMap,
    watch: false,
    log: SILENT,
  })
  const report = folder.report()
  await folder.close()
  const lines = report.flatMap(linesOf)
  const broken = report.filter(({ error }) => error !== undefined).length
  if (broken > 0) throw new SettingsError([...lines, '', `${broken} of ${report.length} apps cannot be read.`])
  return [...lines, '', `${report.length} apps can be read.`].join('\n')
}

function linesOf({ id, file, aliases, doubts, error }: AppReport): string[] {
  if (error) return [`✗ ${id}`, `    ${error}`]
  const place = relative(process.cwd(), file)
  return [`✓ ${[id, ...aliases].join(', ')}`, ...doubts.map(({ line, text }) => `    ${place}:${line} ${text}`)]
}

/** `parley apps new <name>`: writes a first app to go on from. @returns what to tell the person */
export async function runAppsNew({ settings, operands: [name = ''] }: CommandInput): Promise<string> {
  if (!/^[a-z\d][\w-]{0,63}$/i.test(name))
    throw new SettingsError([`"${name}" cannot be the name of an app: take letters, digits, - and _.`])
  const folder = resolve(settings.apps ?? 'apps')
  const file = join(folder, `${name}.ts`)
  if (existsSync(file)) throw new SettingsError([`${file} is there already. Choose another name.`])
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, APP_TEMPLATE)
  return [
    `Wrote ${relative(process.cwd(), file)}. Start the server, and try it at /?app=${name}`,
    'A file that changes is read again while the server runs in development mode.',
  ].join('\n')
}
