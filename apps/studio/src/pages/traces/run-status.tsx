import type { AdminTrace } from '@parley/protocol/admin'

export const RUN_STATUS: Record<AdminTrace['status'], { name: string; tone: string }> = {
  completed: { name: 'Completed', tone: 'good' },
  failed: { name: 'Failed', tone: 'danger' },
  waiting: { name: 'Waiting', tone: 'warning' },
  running: { name: 'Running', tone: '' },
  queued: { name: 'Queued', tone: '' },
  cancelled: { name: 'Cancelled', tone: '' },
  interrupted: { name: 'Interrupted', tone: 'warning' },
}

/** How a run went. */
export function RunStatus({ of }: { of: AdminTrace['status'] }) {
  const { name, tone } = RUN_STATUS[of]
  return <span className={`tag ${tone}`}>{name}</span>
}
