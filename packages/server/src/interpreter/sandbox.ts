import { type ChildProcess, spawn } from 'node:child_process'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { cutFiles, encodePacket, splitPacket } from '../../sandbox/packet.mjs'
import type { CodeOutcome, CodeRequest } from '../base/run-code.js'
import { type Places, SANDBOX } from './places.js'

/** How far foreign code may go. */
export interface SandboxLimits {
  runMs: number
  startMs: number
  /** Of the whole process. */
  memoryMb: number
  /** Of what V8 itself keeps, outside WebAssembly. */
  heapMb: number
  /** Characters that are kept of what is printed. */
  output: number
  files: number
  fileBytes: number
}

/** What Node and an interpreter's own code take of the memory. */
const OWN_MB = 128
const PAGES_PER_MB = 16

/** What the sandbox ends itself within, before it is ended from here. */
const GRACE_MS = 2_000

const headSchema = z.object({
  output: z.string(),
  result: z.string().optional(),
  error: z.string().optional(),
  note: z.string().optional(),
  files: z.array(z.object({ name: z.string(), size: z.int().min(0) })),
})

/**
 * Runs a request in a process of its own, which ends with it. The process has an empty environment, may read the folders
 * of its interpreter and nothing else, may write nothing, and starts no other. Whatever it says is checked.
 */
export async function runSandboxed(
  { language, code, files }: CodeRequest,
  { places, folders }: Places,
  { limits, signal }: { limits: SandboxLimits; signal: AbortSignal | undefined },
): Promise<CodeOutcome> {
  const child = spawn(process.execPath, [...flags(folders, limits), join(SANDBOX, 'main.mjs')], {
    env: {},
    cwd: tmpdir(),
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  })
  yieldToOthers(child)
  const kill = () => void child.kill('SIGKILL')
  const timer = setTimeout(kill, limits.startMs + limits.runMs + GRACE_MS)
  signal?.addEventListener('abort', kill, { once: true })
  if (signal?.aborted) kill()
  try {
    child.stdin.on('error', () => undefined) // it may end before it has read everything
    child.stdin.end(encodePacket({ language, code, places, limits }, files))
    return readOutcome(await readAll(child, limits), limits)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', kill)
    kill()
  }
}

/** Node's permission model keeps the process from files, processes and native code; V8 keeps both memories small and compiles no text. */
const flags = (folders: string[], { memoryMb }: SandboxLimits): string[] => [
  process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission',
  '--allow-worker',
  ...[SANDBOX, ...folders].map((folder) => `--allow-fs-read=${join(folder, '*')}`),
  '--no-warnings',
  '--disallow-code-generation-from-strings',
  `--wasm-max-mem-pages=${(memoryMb - OWN_MB) * PAGES_PER_MB}`,
]

/** Foreign code gets what nobody else needs. */
function yieldToOthers({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // it has ended already, which its output tells
  }
}

/** What the process says until it ends, as long as that stays within what it may say. */
function readAll(child: ChildProcess, { fileBytes, output }: SandboxLimits): Promise<Buffer> {
  const most = fileBytes + 16 * output + 1024 * 1024
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      if (size > most) child.kill('SIGKILL')
      else chunks.push(chunk)
    })
    child.once('error', reject)
    child.once('close', () => resolve(Buffer.concat(chunks)))
  })
}

function readOutcome(bytes: Buffer, { memoryMb }: SandboxLimits): CodeOutcome {
  const packet = splitPacket(bytes)
  const { data: head } = headSchema.safeParse(packet?.head)
  if (!packet || !head)
    return {
      output: '',
      files: [],
      error: `The code was stopped: it used too much time or more than ${memoryMb} MB of memory.`,
    }
  return { ...head, files: cutFiles(head.files, packet.rest) }
}
