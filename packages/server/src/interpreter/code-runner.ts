import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { RunCode } from '../base/run-code.js'
import { findInterpreter, PackageMissing } from './places.js'
import { runSandboxed, type SandboxLimits } from './sandbox.js'

export interface CodeRunnerOptions {
  /** How long code may run; default 30. */
  seconds?: number
  /** How much memory the process it runs in may use; default 512. */
  memoryMb?: number
  /** A folder of more packages for Python: a copy of Pyodide's distribution, or wheels. */
  pythonPackages?: string | undefined
}

const START_MS = 60_000
const LIMITS = { heapMb: 192, output: 20_000, files: 20, fileBytes: 20 * 1024 * 1024 }

/**
 * Runs JavaScript (QuickJS) and Python (Pyodide) in WebAssembly, each request in a process of its own: the server goes
 * on answering whatever the code does. As many run at once as the machine has processors; the rest wait.
 *
 * @example
 * const runCode = codeRunner({ seconds: 10 })
 * const { result } = await runCode({ language: 'javascript', code: '6 * 7', files: [] }) // '42'
 */
export function codeRunner({ seconds = 30, memoryMb = 512, pythonPackages }: CodeRunnerOptions = {}): RunCode {
  const limits: SandboxLimits = { ...LIMITS, startMs: START_MS, runMs: seconds * 1000, memoryMb }
  const packages = pythonPackages === undefined ? undefined : resolve(pythonPackages)
  const inTurn = turns(availableParallelism())
  return async (request, signal) => {
    try {
      const places = findInterpreter(request.language, packages)
      return await inTurn(() => runSandboxed(request, places, { limits, signal }))
    } catch (thrown) {
      if (thrown instanceof PackageMissing) return { output: '', files: [], error: thrown.message }
      throw thrown
    }
  }
}

/** Lets `most` go at once, the others in the order they came. */
function turns(most: number) {
  let free = most
  const waiting: (() => void)[] = []
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
