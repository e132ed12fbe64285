import { everyRow } from '../base/pages-of.js'
import type { WorkspaceApps } from './workspace-apps.js'

/** How many apps of a workspace search each knowledge base, by its id; of code nobody knows what it searches. */
export async function countAppsByBase(
  apps: Pick<WorkspaceApps<unknown>, 'list'>,
  workspaceId: string,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const app of await everyRow((page) => apps.list(workspaceId, page))) {
    if ('code' in app) continue
    const used = app.stored.agent.tools.flatMap((tool) =>
      tool.type === 'knowledge_base' ? (tool.knowledge ?? []) : [],
    )
    for (const id of new Set(used)) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}
