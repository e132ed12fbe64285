import { ParleyError } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import { randomId } from '../base/random-id.js'
import type { ApiKeyRecord, ApiKeyScope, WorkspaceStore } from '../storage/workspace-store.js'
import { recentlyChecked } from './recently-checked.js'
import { hashSecret, randomSecret } from './secret.js'

export { API_KEY_SCOPES, type ApiKeyRecord, type ApiKeyScope } from '../storage/workspace-store.js'

/** A key that the server was started with. It is not stored: started without it, the server does not know it any more. */
export interface GivenApiKey {
  key: string
  id: string
  workspaceId: string
  scopes: ApiKeyScope[]
  appId?: string
}

/** What a person decides about a new key. */
export interface NewApiKey {
  workspaceId: string
  name: string
  scopes: ApiKeyScope[]
  appId?: string
  expiresAt?: Date
}

/** The keys of all workspaces. A key itself is shown once, by the call that made it. */
export interface ApiKeys {
  /** The key's record, when it is one of ours and still good. */
  check(key: string): Promise<ApiKeyRecord | null>
  create(key: NewApiKey): Promise<{ record: ApiKeyRecord; key: string }>
  list(workspaceId: string): Promise<ApiKeyRecord[]>
  /** Makes a new key in place of the old one, which is worth nothing from now on. @throws {ParleyError} `not_found` */
  rotate(workspaceId: string, keyId: string): Promise<{ record: ApiKeyRecord; key: string }>
  /** @throws {ParleyError} `not_found` */
  delete(workspaceId: string, keyId: string): Promise<void>
}

const TOUCH_EVERY_MS = 60_000
const KEY_PREFIX = { workspace: 'sk-parley-', app: 'app-' }

export function createApiKeys(
  store: WorkspaceStore,
  { clock, given }: { clock: Clock; given: readonly GivenApiKey[] },
): ApiKeys {
  const recent = recentlyChecked<ApiKeyRecord>(clock)
  const startedAt = clock.now().toISOString()
  const givenByHash = Promise.all(
    given.map(async (one) => [await hashSecret(one.key), toRecord(one, startedAt)] as const),
  )

  async function load(key: string): Promise<ApiKeyRecord | null> {
    const hash = await hashSecret(key)
    const fromStart = (await givenByHash).find(([known]) => known === hash)
    if (fromStart) return fromStart[1]
    const record = await store.findApiKey(hash)
    if (record) await touch(record)
    return record
  }

  async function touch({ workspace_id, id, last_used_at }: ApiKeyRecord): Promise<void> {
    const now = clock.now()
    if (last_used_at && now.getTime() - new Date(last_used_at).getTime() < TOUCH_EVERY_MS) return
    await store.touchApiKey(workspace_id, id, now.toISOString())
  }

  return {
    async check(key) {
      const record = await recent.find(key, () => load(key))
      const isOver = record?.expires_at !== undefined && record.expires_at <= clock.now().toISOString()
      return isOver ? null : record
    },
    async create({ workspaceId, name, scopes, appId, expiresAt }) {
      const key = randomSecret(appId === undefined ? KEY_PREFIX.workspace : KEY_PREFIX.app)
      const record: ApiKeyRecord = {
        id: randomId('key'),
        workspace_id: workspaceId,
        name,
        scopes,
        ...(appId !== undefined && { app_id: appId }),
        ending: endingOf(key),
        created_at: clock.now().toISOString(),
        ...(expiresAt && { expires_at: expiresAt.toISOString() }),
      }
      await store.addApiKey(record, await hashSecret(key))
      return { record, key }
    },
    list: (workspaceId) => store.listApiKeys(workspaceId),
    async rotate(workspaceId, keyId) {
      const old = (await store.listApiKeys(workspaceId)).find(({ id }) => id === keyId) ?? notFound()
      const key = randomSecret(old.app_id === undefined ? KEY_PREFIX.workspace : KEY_PREFIX.app)
      const record = { ...old, ending: endingOf(key) }
      if (!(await store.replaceApiKey(record, await hashSecret(key)))) notFound()
      recent.forget(keyId)
      return { record, key }
    },
    async delete(workspaceId, keyId) {
      if (!(await store.deleteApiKey(workspaceId, keyId))) notFound()
      recent.forget(keyId)
    },
  }
}

const toRecord = ({ key, id, workspaceId, scopes, appId }: GivenApiKey, startedAt: string): ApiKeyRecord => ({
  id,
  workspace_id: workspaceId,
  name: 'From the settings of the server',
  scopes,
  ...(appId !== undefined && { app_id: appId }),
  ending: endingOf(key),
  created_at: startedAt,
})

const endingOf = (key: string) => key.slice(-4)

function notFound(): never {
  throw new ParleyError('not_found', 'There is no such API key.')
}
