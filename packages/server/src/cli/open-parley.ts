import type { Caller } from '../app/caller.js'
import { createParley } from '../app/create-parley.js'
import type { Parley } from '../app/parley.js'
import { sessionsOnly } from '../auth/sessions-only.js'
import { staticCatalog } from '../catalog/catalog.js'
import type { Settings } from '../node/settings.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { keptKey } from './kept-key.js'
import { openFiles } from './open-storage.js'

/** The parts of a server, without apps, models and a port: for commands that look after what is stored. Close it. */
export async function openParley(store: ServerStore, settings: Settings, folder: string): Promise<Parley> {
  return createParley({
    store,
    catalog: staticCatalog<Caller>({}, settings.defaultApp),
    authenticate: sessionsOnly,
    uploads: { files: await openFiles(settings, folder), key: keptKey(folder, 'uploads.key') },
    retentionDays: settings.retentionDays,
    allowOrigin: () => false,
  })
}
