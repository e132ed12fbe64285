import { backup, restore } from '../storage/backup/backup.js'
import type { CommandInput } from './command.js'
import { openDataDir } from './data-dir.js'
import { openBackupEngine, openFiles } from './open-storage.js'

/** `parley backup <file>` and `parley restore <file>`. @returns what to tell the person */
export async function runBackupCommand(
  name: 'backup' | 'restore',
  { settings, operands: [file = ''] }: CommandInput,
): Promise<string> {
  const folder = openDataDir(settings.dataDir)
  const parts = { engine: await openBackupEngine(settings, folder), files: await openFiles(settings, folder) }
  const { rows, files } = await { backup, restore }[name](file, parts)
  const place = settings.databaseUrl ? 'PostgreSQL' : folder
  return name === 'backup'
    ? `Backed up ${rows} rows and ${files} files of ${place} to ${file}.`
    : `Restored ${rows} rows and ${files} files from ${file} into ${place}.`
}
