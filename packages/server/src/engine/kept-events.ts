import type { RunEvent } from '@parley/protocol'
import type { Call, Engine, RunRecord } from './engine.js'
import { readTurnOf } from './turns.js'

/** What a run did that waits, as the events it told: what is kept of them. The last says that it waits. */
export async function readKeptEvents<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  run: RunRecord,
): Promise<RunEvent[]> {
  const turn = await readTurnOf(engine, call, run)
  const steps = (run.steps ?? []).filter(({ kind }) => kind === 'node')
  return [
    ...(turn ? [{ type: 'thread.item.done' as const, item: turn.question }] : []),
    ...steps.flatMap(({ id, name, node_type = 'node', input, output, error, status, elapsed_ms }): RunEvent[] => [
      { type: 'node.started', node_id: id, node_type, title: name, input },
      ...(status === 'running'
        ? []
        : [{ type: 'node.finished' as const, node_id: id, status, output, error, elapsed_ms }]),
    ]),
    ...(turn?.answers ?? []).map((item) => ({ type: 'thread.item.done' as const, item })),
    ...(run.usage ? [{ type: 'run.usage' as const, run_id: run.id, usage: run.usage }] : []),
    { type: 'run.ended', run_id: run.id, status: 'waiting' },
  ]
}
