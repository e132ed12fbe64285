import { type FSWatcher, realpathSync, watch } from 'node:fs'
import { relative } from 'node:path'
import { ParleyError } from '@parley/protocol'
import type { Caller } from '../app/caller.js'
import type { Log } from '../base/log.js'
import type { AppSource, ListedApp } from '../catalog/catalog.js'
import type { Runnable } from '../runnable/runnable.js'
import { CustomStreamError } from '../runnable/stream-errors.js'
import { AppError, describeAppError, shownPath } from './app-error.js'
import { appFilesIn, appIdOf } from './app-files.js'
import { type LoadAppOptions, type LoadedApp, loadApp } from './load-app.js'

/** The apps of a folder, as they stand in it now. */
export interface AppFolder {
  /** By id. */
  list(): ListedApp<Caller>[]
  /** What was read of each file, and what was wrong with it. */
  report(): AppReport[]
  close(): Promise<void>
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
  /** Development: a file that changes is read again, and its mistakes are shown in the chat. */
  watch: boolean
}

interface Entry extends AppReport, Pick<LoadedApp, 'presentation' | 'streamLanguage'> {
  app: Runnable<Caller>
  answers: AppSource['answers']
  close?: LoadedApp['close']
}

async function closeAll(entries: Entry[]): Promise<void> {
  await Promise.allSettled(entries.map(({ close }) => close?.()))
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
    for (const file of appFilesIn(folder)) {
      const id = appIdOf(file)
      const entry = await readEntry(file, { folder, first: next.get(id)?.file }, options)
      tellWhatIsNew(entry, entries.get(id), options.log)
      next.set(id, entry)
    }
    const before = [...entries.values()]
    entries = next
    await closeAll(before)
  }
  const readAgain = () => {
    reading = reading.then(read).catch((cause) => options.log.error('The apps folder could not be read.', { cause }))
  }
  await read()
  const watcher = options.watch ? watchFolder(folder, readAgain) : undefined
  return {
    list: () => [...entries.values()].map((entry) => toListed(entry, folder)),
    report: () => [...entries.values()].map(toReport),
    async close() {
      watcher?.close()
      await closeAll([...entries.values()])
    },
  }
}

/** Names that stand for something else where apps are called. */
const RESERVED = ['files', 'refresh', 'session', 'threads']

/** `first`: another file that stands for the same app. */
async function readEntry(
  file: string,
  { folder, first }: { folder: string; first: string | undefined },
  options: AppFolderOptions,
): Promise<Entry> {
  const id = appIdOf(file)
  try {
    if (first) throw new AppError(`is the app "${id}", as ${relative(folder, first)} is. Rename one of them.`)
    if (RESERVED.includes(id)) throw new AppError(`cannot be an app: "${id}" is a name of the server’s own. Rename it.`)
    const { app, ...loaded } = await loadApp(file, { ...options, folder })
    return { id, file, ...loaded, app: options.watch ? withPlace(app, file, folder) : app }
  } catch (thrown) {
    const error = describeAppError(thrown, file, folder)
    return {
      id,
      file,
      answers: null,
      aliases: [],
      doubts: [],
      error,
      app: brokenApp(options.watch ? error : undefined),
    }
  }
}

function toListed(
  { id, file, app, aliases, presentation, streamLanguage, answers, doubts, error }: Entry,
  folder: string,
): ListedApp<Caller> {
  const shown = relative(folder, file)
  const problems = doubts.map(({ line, text }) => ({ place: `${shown}:${line}`, text }))
  const source = { file: shown, answers, problems: error === undefined ? problems : [{ place: shown, text: error }] }
  return { id, app, aliases, presentation, streamLanguage, source }
}

const toReport = ({ id, file, aliases, doubts, error }: Entry): AppReport => ({
  id,
  file,
  aliases,
  doubts,
  ...(error !== undefined && { error }),
})

/** What a file says about itself is told once, and not with every change of another. */
function tellWhatIsNew({ id, file, error, doubts }: Entry, before: Entry | undefined, log: Log): void {
  if (error && error !== before?.error) log.error('An app cannot be read.', { app: id, error })
  if (!error && before?.error) log.warn('An app works again.', { app: id })
  for (const { line, text } of doubts)
    if (!before?.doubts.some((known) => known.text === text && known.line === line))
      log.warn('An app may work differently here.', { app: id, place: `${shownPath(file)}:${line}`, text })
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
