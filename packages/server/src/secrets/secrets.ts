import { type Page, ParleyError } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import { recentlyChecked } from '../base/recently-checked.js'
import { hostFits, type ToolSecrets } from '../base/tool-secrets.js'
import type { Vault } from '../base/vault.js'
import type { SecretRecord, SecretStore } from '../storage/secret-store.js'
import type { PageQuery } from '../storage/store.js'

export type { SecretRecord } from '../storage/secret-store.js'

/** What a person says of a new secret. */
export interface NewSecret {
  /** What tools call it by. */
  name: string
  /** Where it may go, and nowhere else. */
  host: string
  value: string
}

/** What changes about one; what is absent stays. */
export type SecretChange = Partial<Omit<NewSecret, 'name'>>

/** The secrets that tools of workspaces send: HTTP tools and MCP servers. Stored sealed, and never shown again. */
export interface Secrets {
  list(workspaceId: string, page: PageQuery): Promise<Page<SecretRecord>>
  /** @throws {ParleyError} `not_found` */
  load(workspaceId: string, name: string): Promise<SecretRecord>
  /** @throws {ParleyError} `conflict` */
  create(workspaceId: string, secret: NewSecret): Promise<SecretRecord>
  /** @throws {ParleyError} `not_found` */
  change(workspaceId: string, name: string, change: SecretChange): Promise<SecretRecord>
  /** Tools that name it are not set up any more. @throws {ParleyError} `not_found` */
  delete(workspaceId: string, name: string): Promise<void>
  /** What tools of the workspace may send: its own first, then those of the server. */
  of(workspaceId: string): ToolSecrets
  /** Seals with the newest key what was sealed with an older one. @returns how many */
  sealAnew(): Promise<number>
}

export interface SecretParts {
  store: SecretStore
  vault: Vault
  /** Those of the settings, which all workspaces have. */
  given?: ToolSecrets | undefined
  clock: Clock
}

/** Of a shorter one, the end would tell too much. */
const SHORTEST_WITH_ENDING = 12

export function createSecrets({ store, vault, given, clock }: SecretParts): Secrets {
  const recent = recentlyChecked<{ id: string; host: string; value: string }>(clock)
  const now = () => clock.now().toISOString()
  const seal = async (place: string, value: string) => ({
    sealed: await vault.seal(value, place),
    ending: value.length < SHORTEST_WITH_ENDING ? '' : value.slice(-4),
  })

  const open = (workspaceId: string, name: string) => {
    const place = placeOf(workspaceId, name)
    return recent.find(place, async () => {
      const record = await store.load(workspaceId, name)
      return record && { id: place, host: record.host, value: await vault.open(record.sealed, place) }
    })
  }

  return {
    list: (workspaceId, page) => store.list(workspaceId, page),
    load: async (workspaceId, name) => (await store.load(workspaceId, name)) ?? missing(name),
    async create(workspaceId, { name, host, value }) {
      const sealed = await seal(placeOf(workspaceId, name), value)
      const record = { id: name, workspace_id: workspaceId, host, ...sealed, created_at: now(), updated_at: now() }
      await store.add(record)
      return record
    },
    async change(workspaceId, name, { host, value }) {
      const place = placeOf(workspaceId, name)
      const sealed = value === undefined ? {} : await seal(place, value)
      const changed = await store.change(workspaceId, name, (old) => ({
        ...old,
        ...(host !== undefined && { host }),
        ...sealed,
        updated_at: now(),
      }))
      recent.forget(place)
      return changed ?? missing(name)
    },
    async delete(workspaceId, name) {
      if (!(await store.delete(workspaceId, name))) missing(name)
      recent.forget(placeOf(workspaceId, name))
    },
    of: (workspaceId) => ({
      async find(name, host) {
        const own = await open(workspaceId, name)
        return own && hostFits(own.host, host) ? own.value : given?.find(name, host)
      },
    }),
    async sealAnew() {
      let count = 0
      for (const { workspace_id, id, sealed } of await store.every()) {
        if (!vault.isOld(sealed)) continue
        const place = placeOf(workspace_id, id)
        const anew = await vault.seal(await vault.open(sealed, place), place)
        await store.change(workspace_id, id, (old) => (old.sealed === sealed ? { ...old, sealed: anew } : old))
        count += 1
      }
      return count
    },
  }
}

/** What is sealed is worth nothing in another row. */
const placeOf = (workspaceId: string, name: string) => JSON.stringify(['secret', workspaceId, name])

function missing(name: string): never {
  throw new ParleyError('not_found', `There is no secret "${name}" here.`)
}
