import { ParleyError } from '@parley/protocol'
import { type HostedObject, hostedItemSchema, hostedListSchema, hostedThreadSchema } from './hosted-objects.js'
import { jsonValues } from './json-values.js'

/**
 * Threads and items of a saved dump: objects of the hosted thread API, or whole answers of its lists, one behind the other
 * and laid out as one likes. A thread stands before its items.
 *
 * @throws {ParleyError} `invalid_request` where it holds something else
 */
export async function* readDump(text: AsyncIterable<string>): AsyncGenerator<HostedObject, void, undefined> {
  let number = 0
  for await (const value of jsonValues(text)) {
    number += 1
    const list = hostedListSchema.safeParse(value)
    const found = list.success ? list.data.data : Array.isArray(value) ? value : [value]
    for (const one of found) yield readObject(one, number)
  }
}

function readObject(value: unknown, number: number): HostedObject {
  const thread = hostedThreadSchema.safeParse(value)
  if (thread.success) return thread.data
  const item = hostedItemSchema.safeParse(value)
  if (item.success) return item.data
  throw new ParleyError(
    'invalid_request',
    `The dump is not one of hosted ChatKit: its value ${number} is neither a thread, nor an item, nor a list of these.`,
  )
}
