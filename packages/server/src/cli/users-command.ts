import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { UserExportLine } from '@parley/protocol/admin'
import type { CommandInput } from './command.js'
import { openDataDir } from './data-dir.js'
import { openParley } from './open-parley.js'
import { openAlone, openBeside } from './open-storage.js'

/** `parley users export <user>`: beside a server, which goes on. */
export async function runUsersExport({
  settings,
  workspace,
  operands,
  flags,
}: CommandInput): Promise<string | undefined> {
  const [user = ''] = operands
  const folder = openDataDir(settings.dataDir)
  const parley = await openParley(await openBeside(settings, folder), settings, folder)
  try {
    const lines = await parley.users.export(workspace, user)
    const text = Readable.from(asText(lines))
    if (flags.out !== undefined) {
      await writeWhole(flags.out, text)
      return `Exported everything of the user "${user}" to ${flags.out}.`
    }
    await pipeline(text, process.stdout, { end: false })
    return undefined
  } finally {
    await parley.close(0)
  }
}

/** `parley users delete <user>`: no server may be running, whose memory would keep some of it. */
export async function runUsersDelete({ settings, workspace, operands }: CommandInput): Promise<string> {
  const [user = ''] = operands
  const folder = openDataDir(settings.dataDir)
  const path = `/api/admin/v1/users/${encodeURIComponent(user)}`
  const store = await openAlone(settings, folder, `A running server deletes a user when it is asked to: DELETE ${path}`)
  const parley = await openParley(store, settings, folder)
  try {
    const { threads, attachments, sessions } = await parley.users.delete(workspace, user)
    return `Deleted the user "${user}": ${threads} threads, ${attachments} files, ${sessions} sessions.`
  } finally {
    await parley.close(0)
  }
}

async function* asText(lines: AsyncIterable<UserExportLine>): AsyncGenerator<string, void, undefined> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`
}

/** The file appears under its name when it is whole, readable by this user alone. */
async function writeWhole(path: string, text: Readable): Promise<void> {
  const unfinished = `${path}.part`
  try {
    await pipeline(text, createWriteStream(unfinished, { mode: 0o600 }))
    await rename(unfinished, path)
  } catch (thrown) {
    await rm(unfinished, { force: true })
    throw thrown
  }
}
