import { readFileSync } from 'node:fs'
import { ParleyError } from '@parley/protocol'
import { probeLocalHosts } from '../models/local-hosts.js'
import { ListenError } from '../node/listen.js'
import { type LoadedSettings, loadSettings } from '../node/load-settings.js'
import { type Settings, SettingsError } from '../node/settings.js'
import { StorageError } from '../storage/storage-error.js'
import { HELP, parseCommandLine } from './arguments.js'
import { banner, suggestion } from './banner.js'
import { openLog } from './open-log.js'
import { type Served, serve } from './serve.js'
import { WEB_FOLDER } from './web-folder.js'

main()

/** The `parley` command. */
async function main() {
  try {
    const command = parseCommandLine(process.argv.slice(2))
    if ('show' in command) return console.log(command.show === 'help' ? HELP : version())
    if ('command' in command) {
      const said = await command.command.run({ ...command.input, settings: storageSettings(command) })
      if (said !== undefined) console.log(said)
      return
    }
    const loaded = loadSettings(process.env, command.flags)
    const { settings, warnings } = loaded
    const log = openLog(settings, (line) => process.stderr.write(line))
    for (const warning of warnings) log.warn(warning)
    const served = await serve(settings, WEB_FOLDER, log)
    stopOnSignals(served, settings)
    await greet(served, loaded)
  } catch (thrown) {
    if (!isForTheOperator(thrown)) throw thrown
    console.error(`\n${thrown.message}\n`)
    process.exitCode = 1
  }
}

/** Commands ask nobody to sign in: only where things are stored counts. */
function storageSettings({ flags }: { flags: Record<string, string | undefined> }): Settings {
  return loadSettings(process.env, { ...flags, ENVIRONMENT: 'development' }).settings
}

/** Says where the server is, then what a person could connect. */
async function greet(
  { url, models, apps, swept, firstLink }: Served,
  { settings, file }: LoadedSettings,
): Promise<void> {
  const offline = models.kind === 'offline'
  const model = await models
    .describe()
    .catch((thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)))
  console.log(banner({ url, settings, model, offline, apps, file, firstLink }))
  if (swept > 0) console.log(`  ${swept} answers were cut off by a crash; what had been written is kept.\n`)
  if (offline) for (const host of await probeLocalHosts()) console.log(suggestion(host))
}

function isForTheOperator(thrown: unknown): thrown is Error {
  return (
    thrown instanceof SettingsError ||
    thrown instanceof StorageError ||
    thrown instanceof ListenError ||
    thrown instanceof ParleyError
  )
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return JSON.parse(manifest).version
}

/** The first signal lets answers end; a second one does not wait. */
function stopOnSignals(served: Served, { shutdownMs }: Settings): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) {
        console.error('Stopped at once: answers that were being written are kept up to a second ago.')
        process.exit(1)
      }
      stopping = true
      served.close(shutdownMs).then(
        () => process.exit(0),
        (thrown) => {
          console.error(thrown)
          process.exit(1)
        },
      )
    })
}
