import type { ChatOptions } from '../../store/options.js'

/** Stands in Xpert's options where the page has a function. */
const FUNCTION = '[ChatKitMethod]'

/**
 * Options as written for `<xpertai-chatkit>`, as ours: functions are marked the way our chat marks them, and what only
 * Xpert's own server needs is left out. The frame talks to the server it came from; `xpertId` chooses the agent where the
 * session reaches several.
 */
export function fromXpertOptions(given: Record<string, unknown>): ChatOptions {
  const { frameUrl, displayMode, pet, request, api, ...options } = markFunctions(given)
  const { apiUrl, xpertId, ...ours } = Object(api) as Record<string, unknown>
  const choosesApp = ours.getClientSecret === true && typeof xpertId === 'string'
  return { ...options, api: choosesApp ? { ...ours, appId: xpertId } : ours }
}

function markFunctions(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, mark(value)]))
}

function mark(value: unknown): unknown {
  if (value === FUNCTION) return true
  if (Array.isArray(value)) return value.map(mark)
  return typeof value === 'object' && value !== null ? markFunctions(value as Record<string, unknown>) : value
}
