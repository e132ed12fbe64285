import type { RunEvent } from '@parley/protocol'
import type { Call, Engine, RunRecord, RunStep } from './engine.js'
import { readTurnOf } from './turns.js'

/** What a run did that waits, as the events it told: what is kept of them. The last says that it waits. */
export async function readKeptEvents<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  run: RunRecord,
): Promise<RunEvent[]> {
  const turn = await readTurnOf(engine, call, run)
  return [
    ...(turn ? [{ type: 'thread.item.done' as const, item: turn.question }] : []),
    ...nodeEvents((run.steps ?? []).filter(({ kind }) => kind !== 'tool')),
    ...(turn?.answers ?? []).map((item) => ({ type: 'thread.item.done' as const, item })),
    ...(run.usage ? [{ type: 'run.usage' as const, run_id: run.id, usage: run.usage }] : []),
    { type: 'run.ended', run_id: run.id, status: 'waiting' },
  ]
}

/** Nodes and rounds from their beginning to their end; what works in rounds ends behind the last thing within it. */
function nodeEvents(steps: readonly RunStep[]): RunEvent[] {
  const paths = steps.map(pathOf)
  const endsBehind = steps.map((_, index) => {
    const again = paths.indexOf(paths[index] ?? '', index + 1)
    const until = again < 0 ? paths.length : again
    const within = paths.slice(0, until).findLastIndex((path) => path.startsWith(`${paths[index]}/`))
    return Math.max(index, within)
  })
  return steps.flatMap((step, index) => {
    const over = steps.filter((_, other) => endsBehind[other] === index).reverse()
    return [beginOf(step), ...over.flatMap(endOf)]
  })
}

/** Where it stands, with what stands within it below. */
const pathOf = ({ id, within = [], round }: RunStep): string =>
  [...within.flatMap((place) => [place.node_id, place.round]), id, ...(round === undefined ? [] : [round])]
    .map((part) => encodeURIComponent(part))
    .join('/')

function beginOf({ kind, id, name, node_type = 'node', within, rounds, round = 0, input }: RunStep): RunEvent {
  const where = { node_id: id, ...(within && { within }) }
  if (kind === 'round') return { type: 'node.round_started', ...where, round, input }
  return { type: 'node.started', ...where, node_type, title: name, input, ...(rounds && { rounds }) }
}

function endOf({
  kind,
  id,
  within,
  round = 0,
  status,
  output,
  error,
  is_handled,
  usage,
  elapsed_ms,
}: RunStep): RunEvent[] {
  if (status === 'running') return []
  const where = { node_id: id, ...(within && { within }) }
  if (kind === 'round' && status !== 'skipped')
    return [{ type: 'node.round_finished', ...where, round, status, output, elapsed_ms }]
  return [{ type: 'node.finished', ...where, status, output, error, is_handled, usage, elapsed_ms }]
}
