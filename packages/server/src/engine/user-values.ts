/** What the clients of a user keep for themselves, in no thread and for no app. */
export type { KeptValue, ValueStore as UserValues } from '../storage/value-store.js'
