import { type Page, ParleyError } from '@parley/protocol'
import type { ModelPrices } from '@parley/protocol/admin'
import type { Clock } from '../base/clock.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import type { Log } from '../base/log.js'
import { randomId } from '../base/random-id.js'
import { recentlyChecked } from '../base/recently-checked.js'
import type { Vault } from '../base/vault.js'
import { contextTokensOf } from '../models/context-lengths.js'
import { chatSource, isOpenAi } from '../models/model-settings.js'
import type { ModelSource, ProviderModels } from '../models/model-source.js'
import { OPENAI_PRICES, type PriceTable, priceFinder } from '../models/prices.js'
import type { ProviderRecord, ProviderStore } from '../storage/provider-store.js'
import type { PageQuery } from '../storage/store.js'
import { guardedTransport } from './guarded-transport.js'

export type { ProviderRecord } from '../storage/provider-store.js'

/** What a new model host is made of. */
export interface NewProvider {
  /** Absent: a new one. */
  id?: string | undefined
  name: string
  base_url: string
  /** Absent: the host asks for none. */
  api_key?: string | undefined
  /** What its models cost, where that is known. */
  prices?: ModelPrices | undefined
}

/** What changes about one; what is absent stays. `null`: the host asks for no key any more. */
export type ProviderChange = Partial<Pick<NewProvider, 'name' | 'base_url' | 'prices'>> & {
  api_key?: string | null | undefined
}

/** The model hosts that workspaces bring along: OpenAI-compatible, each with its address and, sealed, its key. */
export interface Providers {
  list(workspaceId: string, page: PageQuery): Promise<Page<ProviderRecord>>
  /** @throws {ParleyError} `not_found` */
  load(workspaceId: string, providerId: string): Promise<ProviderRecord>
  /** @throws {ParleyError} `conflict` */
  create(workspaceId: string, provider: NewProvider): Promise<ProviderRecord>
  /** @throws {ParleyError} `not_found` */
  change(workspaceId: string, providerId: string, change: ProviderChange): Promise<ProviderRecord>
  /** Apps that name it fail from now on. @throws {ParleyError} `not_found` */
  delete(workspaceId: string, providerId: string): Promise<void>
  /** Where an app that names it gets its models. */
  modelsOf: ProviderModels
  /** Seals with the newest key what was sealed with an older one. @returns how many keys */
  sealAnew(): Promise<number>
}

export interface ProviderParts {
  store: ProviderStore
  vault: Vault
  /** A workspace names the address: it reaches what the operator allows, and nothing else. */
  guardedFetch: GuardedFetch
  clock: Clock
  log: Log
  /** What models cost, of those that providers say nothing about. */
  prices?: PriceTable
}

export function createProviders({
  store,
  vault,
  guardedFetch,
  clock,
  log,
  prices: known = {},
}: ProviderParts): Providers {
  const transport = guardedTransport(guardedFetch)
  const recent = recentlyChecked<{ id: string; source: ModelSource }>(clock)
  const now = () => clock.now().toISOString()

  async function load(workspaceId: string, providerId: string): Promise<ProviderRecord> {
    return (await store.load(workspaceId, providerId)) ?? missing(providerId)
  }

  async function seal(place: string, apiKey: string | null | undefined): Promise<Pick<ProviderRecord, 'key'>> {
    if (apiKey == null) return {}
    return { key: { sealed: await vault.seal(apiKey, place), ending: apiKey.slice(-4) } }
  }

  async function openSource(workspaceId: string, providerId: string): Promise<ModelSource> {
    const place = placeOf(workspaceId, providerId)
    const found = await recent.find(place, async () => {
      const { base_url: baseUrl, key, prices = {} } = await load(workspaceId, providerId)
      const apiKey = key && (await vault.open(key.sealed, place))
      const settings = {
        key: `api_key of the provider "${providerId}"`,
        url: `base_url of the provider "${providerId}", and PARLEY_PRIVATE_HOSTS if it is in your own network`,
        model: 'model of the app',
      }
      const priceOf = priceFinder(prices, known, ...(isOpenAi(baseUrl) ? [OPENAI_PRICES] : []))
      return { id: place, source: chatSource({ baseUrl, apiKey, transport, settings, priceOf }, undefined, log) }
    })
    return found?.source ?? missing(providerId)
  }

  return {
    list: (workspaceId, page) => store.list(workspaceId, page),
    load,
    async create(workspaceId, { id = randomId('prov'), name, base_url, api_key, prices }) {
      const key = await seal(placeOf(workspaceId, id), api_key)
      const record = {
        id,
        workspace_id: workspaceId,
        name,
        base_url,
        ...(prices && { prices }),
        ...key,
        created_at: now(),
        updated_at: now(),
      }
      await store.add(record)
      return record
    },
    async change(workspaceId, id, { api_key, ...rest }) {
      const place = placeOf(workspaceId, id)
      const key = await seal(place, api_key)
      const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
      const changed = await store.change(workspaceId, id, ({ key: old, ...record }) => {
        const kept = api_key === undefined && old ? { key: old } : key
        return { ...record, ...fields, ...kept, updated_at: now() }
      })
      recent.forget(place)
      return changed ?? missing(id)
    },
    async delete(workspaceId, id) {
      if (!(await store.delete(workspaceId, id))) missing(id)
      recent.forget(placeOf(workspaceId, id))
    },
    modelsOf: (workspaceId, id) => ({
      kind: 'chat-completions',
      describe: async () => (await openSource(workspaceId, id)).describe(),
      contextTokens: (name) => contextTokensOf(name ?? ''),
      model: async (name, trace) => (await openSource(workspaceId, id)).model(name, trace),
    }),
    async sealAnew() {
      let count = 0
      for (const { workspace_id, id, key } of await store.every()) {
        if (!key || !vault.isOld(key.sealed)) continue
        const place = placeOf(workspace_id, id)
        const sealed = await vault.seal(await vault.open(key.sealed, place), place)
        await store.change(workspace_id, id, (old) =>
          old.key?.sealed === key.sealed ? { ...old, key: { ...key, sealed } } : old,
        )
        count += 1
      }
      return count
    },
  }
}

/** A sealed key is worth nothing in another row. */
const placeOf = (workspaceId: string, providerId: string) => JSON.stringify(['provider', workspaceId, providerId])

function missing(providerId: string): never {
  throw new ParleyError('not_found', `There is no provider "${providerId}" here.`)
}
