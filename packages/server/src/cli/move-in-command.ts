import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import type { HostedObject } from '../move-in/hosted-objects.js'
import { type MoveInReport, moveIn } from '../move-in/move-in.js'
import { readDump } from '../move-in/read-dump.js'
import { readHosted } from '../move-in/read-hosted.js'
import { SettingsError } from '../node/settings.js'
import type { CommandInput } from './command.js'
import { openDataDir } from './data-dir.js'
import { openBeside } from './open-storage.js'

const OPENAI_URL = 'https://api.openai.com/v1'
const SAY_EVERY = 25

/** `parley move-in --from openai|<file>`: threads of OpenAI's hosted ChatKit become ours; with `--out`, a dump. */
export async function runMoveIn({ settings, workspace, flags }: CommandInput): Promise<string> {
  const objects = openSource(flags)
  if (flags.out !== undefined) return saveDump(objects, flags.out)
  const store = await openBeside(settings, openDataDir(settings.dataDir))
  try {
    const onProgress = (report: MoveInReport) => {
      const threads = report.threads.added + report.threads.present
      if (threads % SAY_EVERY === 0) console.error(`${threads} threads, ${report.items.added} new items …`)
    }
    return summary(await moveIn(objects, { store, workspaceId: workspace, appId: settings.defaultApp, onProgress }))
  } finally {
    await store.close()
  }
}

function openSource({
  from,
  url,
  'key-env': keyEnv = 'OPENAI_API_KEY',
}: CommandInput['flags']): AsyncIterable<HostedObject> {
  if (from === undefined) throw new SettingsError(['Say where from: --from openai, or --from <file> for a saved dump.'])
  if (from !== 'openai' && !existsSync(from))
    throw new SettingsError([`There is no file ${from}: --from is "openai", or a dump that was saved before.`])
  if (from !== 'openai') return readDump(createReadStream(from, { encoding: 'utf8' }))
  const apiKey = process.env[keyEnv]?.trim()
  if (!apiKey)
    throw new SettingsError([
      `${keyEnv} is empty: put your OpenAI key into it, or name another variable with --key-env.`,
    ])
  const baseUrl = url ?? OPENAI_URL
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl))
    throw new SettingsError([`--url must be a full address up to the version, for example ${OPENAI_URL}`])
  return readHosted({ baseUrl, apiKey })
}

/** One object a line, as it is read. */
async function saveDump(objects: AsyncIterable<HostedObject>, path: string): Promise<string> {
  const file = createWriteStream(path, { mode: 0o600 })
  const counts = { threads: 0, items: 0 }
  for await (const object of objects) {
    counts[object.object === 'chatkit.thread' ? 'threads' : 'items'] += 1
    if (!file.write(`${JSON.stringify(object)}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
  return `Saved ${counts.threads} threads with ${counts.items} items to ${path}.`
}

function summary({ threads, items, users, files, unknown, strays }: MoveInReport): string {
  const kinds = Object.entries(unknown).map(([kind, count]) => `${kind} (${count})`)
  return [
    `Moved in ${threads.added} threads with ${items.added} items; ${users} users.`,
    ...(threads.present > 0 ? [`Here already: ${threads.present} threads, ${items.present} items.`] : []),
    ...(files > 0 ? [`${files} attached files are kept by name: OpenAI does not hand out their bytes.`] : []),
    ...(kinds.length > 0
      ? [`Not known to this release, kept hidden, so that only the model reads them: ${kinds.join(', ')}.`]
      : []),
    ...(strays > 0 ? [`Left out: ${strays} items whose thread does not stand before them in the dump.`] : []),
  ].join('\n')
}
