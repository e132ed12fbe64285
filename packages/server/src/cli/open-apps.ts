import { join } from 'node:path'
import type { Toolkit } from '../agents/tools/toolkit.js'
import type { Caller } from '../app/caller.js'
import { DEFAULT_WORKSPACE } from '../auth/jwt.js'
import type { Log } from '../base/log.js'
import { type Catalog, type ListedApp, liveCatalog } from '../catalog/catalog.js'
import type { AppFolder, AppReport } from '../code-apps/app-folder.js'
import { DEMO_PRESENTATION, demoApp } from '../demo/demo-app.js'
import type { ModelSource } from '../models/model-source.js'
import { type Settings, SettingsError } from '../node/settings.js'
import type { AppStore } from '../storage/app-store.js'
import { appsFolderOf } from './apps-folder.js'
import { loadCodeApps } from './load-code-apps.js'

/** The apps of the code: those of the folder, and the demo. */
export interface OpenApps {
  catalog: Catalog<Caller>
  /** What was read of the folder; absent when there is none. */
  folder?: { path: string; report(): AppReport[] }
  close(): Promise<void>
}

export interface OpenAppsParts {
  models: ModelSource
  /** What agents may use of the server. */
  toolkit: Toolkit
  /** Where compiled files are kept. */
  dataFolder: string
  log: Log
}

/**
 * Opens the apps folder the settings name, `./apps` if there are apps in it. In development a file that changes is read
 * again; in production each is read once.
 *
 * @throws {SettingsError} when the folder cannot be read, or another name stands for an app that is not there
 */
async function openApps(settings: Settings, { models, toolkit, dataFolder, log }: OpenAppsParts): Promise<OpenApps> {
  const { defaultApp, appAliases, modelMap, environment } = settings
  const demo: ListedApp<Caller> = {
    id: 'demo',
    app: demoApp(models),
    aliases: [],
    presentation: DEMO_PRESENTATION,
    source: { answers: 'agent', problems: [] },
  }
  const path = appsFolderOf(settings)
  const folder =
    path === undefined
      ? undefined
      : await loadCodeApps().openAppFolder(path, {
          models,
          toolkit,
          modelMap,
          watch: environment === 'development',
          cacheDir: join(dataFolder, 'compiled-apps'),
          log,
        })
  const apps = () => withDemo(folder, demo)
  const ids = apps().map(({ id }) => id)
  const missing = Object.values(appAliases).find((target) => !ids.includes(target))
  if (missing !== undefined) {
    await folder?.close()
    throw noSuchApp('PARLEY_APP_ALIASES', missing, ids)
  }
  return {
    catalog: liveCatalog(apps, defaultApp, appAliases),
    ...(folder && path !== undefined && { folder: { path, report: folder.report } }),
    close: async () => folder?.close(),
  }
}

/** The same, once it is known that the default app is among them or stored. @throws {SettingsError} */
export async function openKnownApps(
  settings: Settings,
  { store, ...parts }: OpenAppsParts & { store: AppStore },
): Promise<OpenApps> {
  const apps = await openApps(settings, parts)
  await assertDefaultApp(settings, apps, store).catch(async (thrown: unknown) => {
    await apps.close()
    throw thrown
  })
  return apps
}

/** @throws {SettingsError} when the default app is neither code nor stored. */
async function assertDefaultApp({ defaultApp }: Settings, { catalog }: OpenApps, store: AppStore): Promise<void> {
  if (catalog.find(defaultApp) || (await store.findApp(DEFAULT_WORKSPACE, defaultApp))) return
  const ids = catalog.list?.().map(({ id }) => id) ?? []
  throw noSuchApp('PARLEY_DEFAULT_APP', defaultApp, ids)
}

/** A file called "demo" takes the demo's place. */
function withDemo(folder: AppFolder | undefined, demo: ListedApp<Caller>): ListedApp<Caller>[] {
  const own = folder?.list() ?? []
  return own.some(({ id }) => id === demo.id) ? own : [...own, demo]
}

const noSuchApp = (setting: string, app: string, ids: string[]) =>
  new SettingsError([
    `${setting} names the app "${app}", which does not exist. Apps that come with the server: ${ids.join(', ')}.`,
  ])
