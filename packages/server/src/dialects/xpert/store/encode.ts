import type { KeptValue } from '../../../engine/user-values.js'
import type { WireItem } from './schema.js'

/** A value without what is known of how it is kept, for which these clients have no word. */
export const encodeItem = ({ namespace, key, value, created_at, updated_at }: KeptValue): WireItem => ({
  namespace,
  key,
  value,
  created_at,
  updated_at,
})
