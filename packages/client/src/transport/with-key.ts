import type { TransportOptions } from './transport.js'

/** The key as `Authorization: Bearer …` on every request; headers given by name win. */
export function withKey<Options extends TransportOptions & { apiKey?: string }>({ apiKey, ...options }: Options) {
  return {
    ...options,
    headers: { ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }), ...options.headers },
  }
}
