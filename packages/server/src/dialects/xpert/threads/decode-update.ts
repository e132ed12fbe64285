import { ParleyError } from '@parley/protocol'
import type { HistoryChange, ItemMark } from '../../../engine/engine.js'
import { decodeStateChange } from './decode.js'
import { NODE } from './encode.js'
import type { StateUpdate } from './schema.js'

/** The two ends of every graph, and what LangGraph calls what comes in from outside. */
const BEGINNING = ['__start__', '__input__']
const END = '__end__'

/**
 * A change of a thread's state, as a node of its graph would make it. What the caller sends counts as asked, and what the
 * one node says as said: nothing is to be answered behind it.
 *
 * @param at The checkpoint it is made at. Absent: the newest.
 * @param place Where the update stands in the request, for its faults.
 * @returns `undefined`: it changes nothing
 * @throws {ParleyError} `invalid_request`
 */
export function decodeUpdate(
  { values, command, as_node }: StateUpdate,
  { at, place = '' }: { at?: string | undefined; place?: string } = {},
): HistoryChange | undefined {
  if (command?.resume !== undefined && command.resume !== null)
    throw invalid(`${place}command.resume: nothing waits for an answer here. Send it with a run.`)
  const goto = decodeGoto(command?.goto, place)
  const change = decodeStateChange(withUpdate(values ?? undefined, command?.update), at)
  const mark = markOf(change, { node: checkNode(as_node, place), goto })
  const isOfItems = (change.messages?.length ?? 0) > 0 || (change.removedIds?.length ?? 0) > 0
  const isEmpty = !isOfItems && Object.keys(change.state ?? {}).length === 0 && at === undefined
  return isEmpty && !mark ? undefined : { ...change, mark }
}

/** What a command changes comes behind the values; its messages are added to theirs. */
export function withUpdate(values: Record<string, unknown> | undefined, update: unknown): Record<string, unknown> {
  const more = Array.isArray(update) ? fromPairs(update) : (update ?? {})
  if (typeof more !== 'object') throw invalid('command.update must be an object, or a list of names with their values.')
  const both = { ...values, ...more }
  const messages = [values, more].flatMap((one) => (one && 'messages' in one ? [one.messages] : []))
  return messages.length < 2 ? both : { ...both, messages: messages.flatMap(toMessages) }
}

const toMessages = (given: unknown): unknown[] =>
  typeof given === 'string' ? [{ type: 'human', content: given }] : [given].flat()

function fromPairs(pairs: unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair): [string, unknown] => {
      if (Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string') return [pair[0], pair[1]]
      throw invalid('command.update must be an object, or a list of names with their values.')
    }),
  )
}

function markOf(
  { messages = [] }: HistoryChange,
  { node, goto }: { node: string | undefined; goto: string | undefined },
): ItemMark | undefined {
  const last = messages.at(-1)
  if (!last && node === undefined && goto === undefined) return undefined
  const as = node ?? (last?.role === 'user' ? '__start__' : NODE)
  const next = goto ?? (node === NODE || node === END ? END : NODE)
  return { as, answered: next === END }
}

function checkNode(node: string | null | undefined, place: string): string | undefined {
  if (node === undefined || node === null) return undefined
  if (node === NODE || node === END || BEGINNING.includes(node)) return node
  throw invalid(`${place}as_node: ${unknown(node)} Send "${NODE}", or "__start__" for what comes from outside.`)
}

/** @throws {ParleyError} `invalid_request` for a place that no app's graph has */
export function decodeGoto(goto: unknown, place = ''): string | undefined {
  if (goto === undefined || goto === null) return undefined
  const nodes = [goto].flat()
  const wrong = nodes.find((node) => node !== NODE && node !== END)
  if (wrong !== undefined) throw invalid(`${place}command.goto: ${unknown(wrong)}`)
  return nodes.includes(NODE) ? NODE : nodes.length > 0 ? END : undefined
}

const unknown = (node: unknown) => `${JSON.stringify(node)} is not a node of this graph. Its one node is "${NODE}".`

const invalid = (message: string) => new ParleyError('invalid_request', message)
