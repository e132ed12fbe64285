import { ParleyError } from '@parley/protocol'
import type { Call, StartOptions } from '../../../engine/engine.js'
import { NODE } from '../threads/encode.js'
import type { RunBody } from './schema.js'

/** What LangGraph's prebuilt agents call the node at which all their tools are called. */
const TOOLS = 'tools'

/** Where a run waits: before the app has its turn, or before tools are called. @throws {ParleyError} `invalid_request` for other names */
export async function decodeBreakpoints<Context>(
  { app, context }: Pick<Call<Context>, 'app' | 'context'>,
  { interrupt_before }: Pick<RunBody, 'interrupt_before'>,
): Promise<Pick<StartOptions, 'pauses' | 'breakpoints'>> {
  const given = [interrupt_before ?? []].flat()
  const everywhere = given.includes('*')
  const pauses = everywhere || given.includes(NODE)
  const tools = given.filter((name) => name !== '*' && name !== NODE)
  if (tools.length === 0) return { pauses, breakpoints: everywhere ? 'all' : undefined }
  const known = app.toolNames ? await app.toolNames(context) : undefined
  const unknown = tools.find((name) => known === undefined || (name !== TOOLS && !known?.includes(name)))
  if (unknown !== undefined)
    throw new ParleyError(
      'invalid_request',
      `interrupt_before: ${JSON.stringify(unknown)} is nothing this app can wait before. ${cure(known)}`,
      { details: { param: 'interrupt_before' } },
    )
  return { pauses, breakpoints: everywhere || tools.includes(TOOLS) ? 'all' : tools }
}

/** @param known `undefined`: it waits before no tools; `null`: their names are known when it runs */
function cure(known: readonly string[] | null | undefined): string {
  if (known === undefined) return `Its graph has one node: "${NODE}".`
  if (known === null) return `Send "${NODE}", or "${TOOLS}" for all its tools: their names are known when it runs.`
  const names = known.map((name) => JSON.stringify(name)).join(', ')
  return `Send "${NODE}", "${TOOLS}" for all its tools${names && `, or the names of some: ${names}`}.`
}
