import type { ChatOptions } from '../../store/options.js'
import { isRecord } from './is-record.js'
import { readSlashCommands } from './slash-commands.js'

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
  const state = stateOf(request)
  return {
    ...options,
    api: choosesApp ? { ...ours, appId: xpertId } : ours,
    ...(readSlashCommands(given).length > 0 && { commands: { enabled: true, onSearch: true, onSelect: true } }),
    ...(state && { state }),
  }
}

/** Whether the element draws a pet on the page. */
export const hasPet = ({ pet, displayMode }: Record<string, unknown>): boolean =>
  displayMode === 'pet' || pet === true || (isRecord(pet) && pet.enabled !== false)

/** What every message brings along for the app. Variables of an environment are none of an app's, and stay out. */
function stateOf(request: unknown): Record<string, unknown> | undefined {
  const { state, context } = Object(request) as { state?: unknown; context?: unknown }
  if (!isRecord(state) && !isRecord(context)) return undefined
  const { env: _, ...others } = isRecord(context) ? context : {}
  return { ...others, ...withoutMessage(state) }
}

/** `human` says again what the message says. */
export function withoutMessage(state: unknown): Record<string, unknown> {
  const { human: _, ...others } = isRecord(state) ? state : {}
  return others
}

function markFunctions(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, mark(value)]))
}

function mark(value: unknown): unknown {
  if (value === FUNCTION) return true
  if (Array.isArray(value)) return value.map(mark)
  return typeof value === 'object' && value !== null ? markFunctions(value as Record<string, unknown>) : value
}
