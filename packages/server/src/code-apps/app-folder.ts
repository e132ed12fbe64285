import { existsSync, type FSWatcher, readdirSync, realpathSync, watch } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { ParleyError } from '@parley/protocol'
import type { Caller } from '../app/caller.js'
import type { Log } from '../base/log.js'
import type { Runnable } from '../runnable/runnable.js'
import { CustomStreamError } from '../runnable/stream-errors.js'
import { describeAppError } from './app-error.js'
import { type LoadAppOptions, type LoadedApp, loadApp } from './load-app.js'

/** The apps of a folder, as they stand in it now. */
export interface AppFolder {
  /** Ids in order. */
  ids(): string[]
  find(idOrAlias: string): { id: string; app: Runnable<Caller> } | undefined
  /** What was read of each file, and what was wrong with it. */
  report(): AppReport[]
  close(): void
}

export interface AppReport {
  id: string
  file: string
  aliases: string[]
  doubts: LoadedApp['doubts']
  /** With file and line; absent when all is well. */
  error?: string
}

export interface AppFolderOptions extends Omit<LoadAppOptions, 'folder'> {
  log: Log
  /** Development: a file that changes is read again, and its mistakes are shown in the chat. */
  watch: boolean
}

interface Entry extends AppReport {
  app: Runnable<Caller>
}

/** How long after the last change of a file it is read: editors write in several steps. */
const SETTLE_MS = 50

/**
 * Opens a folder of apps: every `name.ts` (`.js`, `.mts`, `.mjs`, `.tsx`) in it, and every `name/index.ts`, is the app
 * `name`. A file with a mistake takes nobody else with it: its app says what is wrong.
 */
export async function openAppFolder(path: string, options: AppFolderOptions): Promise<AppFolder> {
  const folder = realpathSync(path)
  let entries = new Map<string, Entry>()
  let reading = Promise.resolve()
  const read = async () => {
    const next = new Map<string, Entry>()
    for (const file of filesOf(folder)) {
      const entry = await readEntry(file, folder, options, entries.get(idOf(file)))
      next.set(entry.id, entry)
    }
    entries = next
  }
  const readAgain = () => {
    reading = reading.then(read).catch((cause) => options.log.error('The apps folder could not be read.', { cause }))
  }
  await read()
  const watcher = options.watch ? watchFolder(folder, readAgain) : undefined
  return {
    ids: () => [...entries.keys()],
    find(name) {
      const entry = entries.get(name) ?? [...entries.values()].find(({ aliases }) => aliases.includes(name))
      return entry && { id: entry.id, app: entry.app }
    },
    report: () => [...entries.values()].map(({ app: _, ...report }) => report),
    close: () => watcher?.close(),
  }
}

const SOURCE = /^[^._].*(?<!\.d)(?<!\.test)\.(ts|tsx|mts|js|mjs)$/

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isFile() && SOURCE.test(entry.name)) return [join(folder, entry.name)]
      if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.')) return []
      const index = ['index.ts', 'index.js', 'index.mjs'].map((name) => join(folder, entry.name, name)).find(existsSync)
      return index ? [index] : []
    })
}

function idOf(file: string): string {
  const name = basename(file, extname(file))
  return name === 'index' ? basename(join(file, '..')) : name
}

async function readEntry(file: string, folder: string, options: AppFolderOptions, before?: Entry): Promise<Entry> {
  const id = idOf(file)
  try {
    const { app, aliases, doubts } = await loadApp(file, { ...options, folder })
    if (before?.error) options.log.warn(`${id} works again.`)
    for (const { line, text } of doubts) options.log.warn(`${file}:${line} ${text}`)
    return { id, file, aliases, doubts, app: options.watch ? withPlace(app, file, folder) : app }
  } catch (thrown) {
    const error = describeAppError(thrown, file, folder)
    options.log.error('An app cannot be read.', { app: id, error })
    return {
      id,
      file,
      aliases: before?.aliases ?? [],
      doubts: [],
      error,
      app: brokenApp(options.watch ? error : undefined),
    }
  }
}

/** An app whose file has a mistake: whoever talks to it reads so; with the place, when that is the person who wrote it. */
function brokenApp(error: string | undefined): Runnable<Caller> {
  const message = error
    ? `This app cannot be read: ${error}`
    : 'This app cannot answer at the moment. Its owner finds the reason in the server’s log.'
  return {
    // biome-ignore lint/correctness/useYield: it has nothing to say but this
    async *run() {
      throw new CustomStreamError(message, true)
    },
  }
}

/** In development what an app throws is shown with file and line. */
function withPlace(app: Runnable<Caller>, file: string, folder: string): Runnable<Caller> {
  return {
    ...app,
    async *run(context) {
      try {
        yield* app.run(context)
      } catch (thrown) {
        if (thrown instanceof CustomStreamError || thrown instanceof ParleyError || !isFrom(thrown, folder))
          throw thrown
        throw new CustomStreamError(describeAppError(thrown, file, folder), true, { cause: thrown })
      }
    },
  }
}

const isFrom = (thrown: unknown, folder: string): boolean =>
  thrown instanceof Error && (thrown.stack ?? '').includes(folder)

function watchFolder(folder: string, changed: () => void): FSWatcher {
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(folder, { recursive: true }, (_, name) => {
    if (name && /(^|[/\\])node_modules[/\\]/.test(name)) return
    clearTimeout(timer)
    timer = setTimeout(changed, SETTLE_MS)
  })
  watcher.unref()
  return watcher
}
