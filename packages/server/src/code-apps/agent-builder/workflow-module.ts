import { ParleyError } from '@parley/protocol'
import { WorkflowRun } from './workflow-run.js'

/** The hooks that `readExport` puts into a program. */
export const workflowModule = {
  /** In place of the export's own stub. */
  approval: (message: unknown): Promise<boolean> => running().approve(String(message ?? 'Go on?')),
  history: () => running().history(),
  loop: (id: string) => running().loop(id),
  state: (defaults: Record<string, unknown>) => running().state(defaults),
}

function running(): WorkflowRun {
  const run = WorkflowRun.current()
  if (!run) throw new ParleyError('internal', 'A workflow was started outside a chat.')
  return run
}
