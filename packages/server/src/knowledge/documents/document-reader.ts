import { fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { ParleyError } from '@parley/protocol'
import type { ReadAnswer, ReadRequest } from './reader-process.js'
import type { Section } from './section.js'

/** Reads a document. @throws {ParleyError} `invalid_request` in words for whoever brought it */
export type DocumentReader = (file: ReadRequest, signal?: AbortSignal) => Promise<Section[]>

export interface DocumentReaderOptions {
  /** The program that reads: `reader-process`, built or as it is. */
  program: string
  /** Node's own flags for it. */
  execArgv?: string[]
  /** How long a document may take. Default: two minutes. */
  timeoutMs?: number
  /** How much memory it may take, in megabytes. Default 1,024. */
  memoryMb?: number
  /** How many are read at once. Default 2. */
  atOnce?: number
}

const LOOK_EVERY_MS = 100

/**
 * Reads every document in a process of its own, which has no secrets, ends when it takes too long or too much memory, and
 * takes nothing else with it.
 */
export function documentReader(options: DocumentReaderOptions): DocumentReader {
  const { atOnce = 2 } = options
  const waiting: (() => void)[] = []
  let reading = 0
  return async (file, signal) => {
    if (reading >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    reading++
    try {
      return await readInProcess(file, options, signal)
    } finally {
      reading--
      waiting.shift()?.()
    }
  }
}

function readInProcess(
  file: ReadRequest,
  { program, execArgv = [], timeoutMs = 120_000, memoryMb = 1024 }: DocumentReaderOptions,
  signal?: AbortSignal,
): Promise<Section[]> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [], {
      env: {},
      execArgv: [...execArgv, `--max-old-space-size=${memoryMb}`],
      serialization: 'advanced',
      stdio: 'ignore',
    })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      clearInterval(watch)
      signal?.removeEventListener('abort', stop)
      child.removeAllListeners()
      child.on('error', () => undefined) // a kill that comes too late
      child.kill('SIGKILL')
      settle()
    }
    const refuse = (message: string) => end(() => reject(new ParleyError('invalid_request', message)))
    const stop = () => end(() => reject(signal?.reason))
    const timer = setTimeout(
      () => refuse(`"${file.name}" takes too long to read. Split it into smaller ones.`),
      timeoutMs,
    )
    // What a program packs outside of V8's heap is not bounded by its flags.
    const watch = setInterval(() => {
      void residentMb(child.pid).then((used) => used > memoryMb && refuse(tooMuch(file)))
    }, LOOK_EVERY_MS)
    signal?.addEventListener('abort', stop, { once: true })
    child.once('message', (answer: ReadAnswer) => {
      if ('sections' in answer) end(() => resolve(answer.sections))
      else refuse(answer.problem)
    })
    child.once('error', (cause) => end(() => reject(cause)))
    child.once('exit', () => refuse(tooMuch(file))) // without an answer: V8 ran out of memory
    child.send(file, (problem) => problem && refuse(tooMuch(file)))
  })
}

const tooMuch = ({ name }: ReadRequest) => `"${name}" needs too much memory to read. Split it into smaller ones.`

/** The memory of a process in megabytes; 0 where the system does not tell. */
async function residentMb(pid: number | undefined): Promise<number> {
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1])
    return (pages * 4096) / 1024 / 1024
  } catch {
    return 0
  }
}
