import type { CommandInput } from './command.js'
import { openDataDir } from './data-dir.js'
import { openParley } from './open-parley.js'
import { openAlone, openBeside } from './open-storage.js'

/** `parley retention`: once, while no server runs; with `--dry-run` beside one. */
export async function runRetention({ settings, flags }: CommandInput): Promise<string> {
  const dryRun = flags['dry-run'] !== undefined
  const folder = openDataDir(settings.dataDir)
  const store = dryRun
    ? await openBeside(settings, folder)
    : await openAlone(settings, folder, 'A running server deletes old threads by itself.')
  const parley = await openParley(store, settings, folder)
  try {
    const reports = await parley.retention.sweep({ dryRun })
    if (reports.length === 0)
      return 'Threads are kept for ever: PARLEY_RETENTION_DAYS is not set, and no workspace says otherwise.'
    const verb = dryRun ? 'would be deleted' : 'were deleted'
    return reports
      .map(
        ({ workspaceId, days, threads }) =>
          `${workspaceId}: ${threads} threads nobody touched for ${days} days ${verb}.`,
      )
      .join('\n')
  } finally {
    await parley.close(0)
  }
}
