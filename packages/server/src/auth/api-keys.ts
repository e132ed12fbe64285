import { type Page, ParleyError } from '@parley/protocol'
import type { StreamLanguage } from '@parley/protocol/admin'
import type { Clock } from '../base/clock.js'
import { randomId } from '../base/random-id.js'
import { recentlyChecked } from '../base/recently-checked.js'
import type { PageQuery } from '../storage/store.js'
import type { ApiKeyRecord, ApiKeyScope, WorkspaceStore } from '../storage/workspace-store.js'
import { hashSecret, randomSecret } from './secret.js'

export { API_KEY_SCOPES, type ApiKeyRecord, type ApiKeyScope } from '../storage/workspace-store.js'

/** A key that the server was started with. It is not stored: started without it, the server does not know it any more. */
export interface GivenApiKey {
  key: string
  id: string
  workspaceId: string
  scopes: ApiKeyScope[]
  appId?: string
  streamLanguage?: StreamLanguage
}

/** What a person decides about a new key. */
export interface NewApiKey {
  workspaceId: string
  name: string
  scopes: ApiKeyScope[]
  appId?: string
  streamLanguage?: StreamLanguage
  expiresAt?: Date
}

/** What changes about a key; what is absent stays. */
export interface ApiKeyChange {
  name?: string | undefined
  /** `null`: none any more. */
  streamLanguage?: StreamLanguage | null | undefined
}

/** The keys of all workspaces. A key itself is shown once, by the call that made it. */
export interface ApiKeys {
  /** The key's record, when it is one of ours and still good. */
  check(key: string): Promise<ApiKeyRecord | null>
  /** A key by its id, as long as it is good: from the settings, or stored. */
  find(workspaceId: string, keyId: string): Promise<ApiKeyRecord | null>
  create(key: NewApiKey): Promise<{ record: ApiKeyRecord; key: string }>
  /** @throws {ParleyError} `not_found` */
  load(workspaceId: string, keyId: string): Promise<ApiKeyRecord>
  /** @throws {ParleyError} `invalid_cursor` */
  list(workspaceId: string, page: PageQuery): Promise<Page<ApiKeyRecord>>
  /** Its secret goes on working. @throws {ParleyError} `not_found` */
  update(workspaceId: string, keyId: string, change: ApiKeyChange): Promise<ApiKeyRecord>
  /**
   * Makes a new key in place of the old one, which is worth nothing any more, now or after `overlapSeconds`. A key that
   * was rotated out before and overlaps still ends now. @throws {ParleyError} `not_found`
   */
  rotate(
    workspaceId: string,
    keyId: string,
    options?: { overlapSeconds?: number },
  ): Promise<{ record: ApiKeyRecord; key: string }>
  /** @throws {ParleyError} `not_found` */
  delete(workspaceId: string, keyId: string): Promise<void>
}

/** What each kind of key begins with: one for the whole workspace, one for an app, one for knowledge alone. */
const KEY_PREFIX = { workspace: 'sk-parley-', app: 'app-', knowledge: 'dataset-' } as const

/** What a key begins with, by which a person sees what it is for. */
export function prefixOf({ app_id, scopes }: Pick<ApiKeyRecord, 'app_id' | 'scopes'>): string {
  if (app_id !== undefined) return KEY_PREFIX.app
  return scopes.every((scope) => scope === 'knowledge') ? KEY_PREFIX.knowledge : KEY_PREFIX.workspace
}

/** By its look alone. */
export const isClickAiKey = (token = ''): boolean =>
  token.startsWith(KEY_PREFIX.app) || token.startsWith(KEY_PREFIX.knowledge)

const TOUCH_EVERY_MS = 60_000

/** A key as it was found, and when it stops to work. */
interface Checked {
  id: string
  record: ApiKeyRecord
  endsAt: string | undefined
}

export function createApiKeys(
  store: WorkspaceStore,
  { clock, given }: { clock: Clock; given: readonly GivenApiKey[] },
): ApiKeys {
  const recent = recentlyChecked<Checked>(clock)
  const startedAt = clock.now().toISOString()
  const givenByHash = Promise.all(
    given.map(async (one) => [await hashSecret(one.key), toRecord(one, startedAt)] as const),
  )

  async function find(key: string): Promise<Checked | null> {
    const hash = await hashSecret(key)
    const fromStart = (await givenByHash).find(([known]) => known === hash)?.[1]
    if (fromStart) return { id: fromStart.id, record: fromStart, endsAt: undefined }
    const found = await store.findApiKey(hash)
    if (!found) return null
    const { key: record, isPrevious } = found
    const ends = [record.expires_at, isPrevious ? record.previous?.expires_at : undefined]
    const endsAt = ends.filter((end) => end !== undefined).sort()[0]
    if (!isOver(endsAt)) await touch(record)
    return { id: record.id, record, endsAt }
  }

  async function touch({ workspace_id, id, last_used_at }: ApiKeyRecord): Promise<void> {
    const now = clock.now()
    if (last_used_at && now.getTime() - new Date(last_used_at).getTime() < TOUCH_EVERY_MS) return
    await store.touchApiKey(workspace_id, id, now.toISOString())
  }

  const isOver = (end: string | undefined) => end !== undefined && end <= clock.now().toISOString()
  const load = async (workspaceId: string, keyId: string) => (await store.loadApiKey(workspaceId, keyId)) ?? notFound()

  const change: (...asked: Parameters<WorkspaceStore['changeApiKey']>) => Promise<ApiKeyRecord> = async (...asked) => {
    const record = (await store.changeApiKey(...asked)) ?? notFound()
    recent.forget(record.id)
    return record
  }

  return {
    async check(key) {
      const found = await recent.find(key, () => find(key))
      return found && !isOver(found.endsAt) ? found.record : null
    },
    async find(workspaceId, keyId) {
      const isIt = ({ id, workspace_id }: ApiKeyRecord) => id === keyId && workspace_id === workspaceId
      const fromStart = (await givenByHash).map(([, record]) => record).find(isIt)
      const record = fromStart ?? (await store.loadApiKey(workspaceId, keyId))
      return record && !isOver(record.expires_at) ? record : null
    },
    async create({ workspaceId, name, scopes, appId, streamLanguage, expiresAt }) {
      const key = randomSecret(prefixOf({ scopes, ...(appId !== undefined && { app_id: appId }) }))
      const record: ApiKeyRecord = {
        id: randomId('key'),
        workspace_id: workspaceId,
        name,
        scopes,
        ...(appId !== undefined && { app_id: appId }),
        ...(streamLanguage && { stream_language: streamLanguage }),
        ending: endingOf(key),
        created_at: clock.now().toISOString(),
        ...(expiresAt && { expires_at: expiresAt.toISOString() }),
      }
      await store.addApiKey(record, await hashSecret(key))
      return { record, key }
    },
    load,
    list: (workspaceId, page) => store.listApiKeys(workspaceId, page),
    async rotate(workspaceId, keyId, { overlapSeconds = 0 } = {}) {
      const key = randomSecret(prefixOf(await load(workspaceId, keyId)))
      const overlapEnd = new Date(clock.now().getTime() + overlapSeconds * 1000).toISOString()
      const renewed = ({ previous: _, ...old }: ApiKeyRecord): ApiKeyRecord => ({
        ...old,
        ending: endingOf(key),
        ...(overlapSeconds > 0 && { previous: { ending: old.ending, expires_at: overlapEnd } }),
      })
      return { record: await change(workspaceId, keyId, renewed, await hashSecret(key)), key }
    },
    update: (workspaceId, keyId, { name, streamLanguage }) =>
      change(workspaceId, keyId, ({ stream_language: before, ...old }) => {
        const language = streamLanguage === undefined ? before : streamLanguage
        return { ...old, ...(name !== undefined && { name }), ...(language && { stream_language: language }) }
      }),
    async delete(workspaceId, keyId) {
      if (!(await store.deleteApiKey(workspaceId, keyId))) notFound()
      recent.forget(keyId)
    },
  }
}

const toRecord = (
  { key, id, workspaceId, scopes, appId, streamLanguage }: GivenApiKey,
  startedAt: string,
): ApiKeyRecord => ({
  id,
  workspace_id: workspaceId,
  name: 'From the settings of the server',
  scopes,
  ...(appId !== undefined && { app_id: appId }),
  ...(streamLanguage && { stream_language: streamLanguage }),
  ending: endingOf(key),
  created_at: startedAt,
})

const endingOf = (key: string) => key.slice(-4)

function notFound(): never {
  throw new ParleyError('not_found', 'There is no such API key.')
}
