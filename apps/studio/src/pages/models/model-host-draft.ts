import type { AdminProvider, CreateProviderBody, ModelPrices, UpdateProviderBody } from '@parley/protocol/admin'
import { FieldError } from '../../api/failure.js'

/** What one model costs, while somebody writes it: numbers are still texts. */
export interface PriceDraft {
  key: string
  model: string
  input: string
  cached: string
  output: string
}

export interface ModelHostDraft {
  name: string
  baseUrl: string
  apiKey: string
  /** The key it has goes away. */
  isKeyRemoved: boolean
  prices: PriceDraft[]
}

export const newPrice = (given: Partial<PriceDraft> = {}): PriceDraft => ({
  key: crypto.randomUUID(),
  model: '',
  input: '',
  cached: '',
  output: '',
  ...given,
})

export const toDraft = (host?: AdminProvider): ModelHostDraft => ({
  name: host?.name ?? '',
  baseUrl: host?.base_url ?? '',
  apiKey: '',
  isKeyRemoved: false,
  prices: Object.entries(host?.prices ?? {}).map(([model, { input, cached, output }]) =>
    newPrice({
      model,
      input: String(input),
      cached: cached === undefined ? '' : String(cached),
      output: String(output),
    }),
  ),
})

/** @throws {FieldError} */
export const toNewHost = ({ name, baseUrl, apiKey, prices }: ModelHostDraft): CreateProviderBody => ({
  name,
  base_url: baseUrl.trim(),
  api_key: apiKey.trim() || null,
  prices: toPrices(prices),
})

/** What is sent for a host that was changed. An address that stays needs no key again. @throws {FieldError} */
export function toHostChange(draft: ModelHostDraft, { base_url, masked }: AdminProvider): UpdateProviderBody {
  const { name, baseUrl, apiKey, isKeyRemoved, prices } = draft
  const key = apiKey.trim() || (isKeyRemoved || masked === null ? null : undefined)
  return {
    name,
    ...(baseUrl.trim() !== base_url && { base_url: baseUrl.trim() }),
    ...(key !== undefined && { api_key: key }),
    prices: toPrices(prices),
  }
}

function toPrices(drafts: PriceDraft[]): ModelPrices {
  const prices: ModelPrices = {}
  drafts.forEach(({ model, input, cached, output }, index) => {
    const name = model.trim()
    if (Object.hasOwn(prices, name))
      throw new FieldError(`prices.${index}.model`, 'This model has a price above already. Remove one of them.')
    prices[name] = {
      input: Number(input),
      ...(cached.trim() !== '' && { cached: Number(cached) }),
      output: Number(output),
    }
  })
  return prices
}
