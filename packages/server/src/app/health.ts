import { ParleyError } from '@parley/protocol'
import type { Log } from '../base/log.js'
import type { RouteGroup } from '../http/route.js'

/** Something the server needs to answer requests. */
export interface Part {
  /** Fails when it cannot be used now. */
  check(): Promise<void>
  /** What the server does without it, in words. Absent: it cannot answer without it. */
  without?: string
}

/** `serving`: requests are answered. Before and after that nobody should be sent here. */
export type Phase = 'starting' | 'serving' | 'stopping'

export interface HealthOptions {
  phase(): Phase
  /** By name, e.g. `database`. */
  parts: Record<string, Part>
  log: Log
  encodeError: RouteGroup['encodeError']
  /** How long a part may take to answer. Default 2 s: those who ask give up soon after. */
  patienceMs?: number
}

const PATIENCE_MS = 2_000

/**
 * `GET /healthz` answers as long as the process does anything at all. `GET /readyz` says whether requests should be sent
 * here: 200 when every part answers or can be done without, else 503, with a word for each part.
 */
export function healthRoutes({ phase, encodeError, ...options }: HealthOptions): RouteGroup {
  const checkParts = partsCheck(options)
  return {
    encodeError,
    routes: [
      { method: 'GET', path: '/healthz', handle: () => Response.json({ status: 'ok' }) },
      {
        method: 'GET',
        path: '/readyz',
        async handle() {
          if (phase() !== 'serving') return unready({ status: phase() })
          const parts = await checkParts()
          const told = Object.fromEntries(parts.map(({ name, words }) => [name, words]))
          if (parts.some(({ state }) => state === 'down')) return unready({ status: 'unavailable', parts: told })
          const status = parts.some(({ state }) => state === 'missed') ? 'degraded' : 'ready'
          return Response.json({ status, parts: told })
        },
      },
    ],
  }
}

const unready = (body: object) => Response.json(body, { status: 503, headers: { 'retry-after': '2' } })

interface Checked {
  name: string
  state: 'up' | 'missed' | 'down'
  words: string
}

/** Checks all parts at once; who asks while a check is under way gets its outcome. */
function partsCheck({ parts, log, patienceMs = PATIENCE_MS }: Pick<HealthOptions, 'parts' | 'log' | 'patienceMs'>) {
  const lost = new Set<string>()
  let checking: Promise<Checked[]> | undefined

  async function checkPart(name: string, { check, without }: Part): Promise<Checked> {
    try {
      await inTime(check(), patienceMs)
      lost.delete(name)
      return { name, state: 'up', words: 'ok' }
    } catch (cause) {
      if (!lost.has(name)) log.error('A part of the server is not ready.', { part: name, cause })
      lost.add(name)
      const words = cause instanceof ParleyError ? cause.message : 'It failed; the log of the server says why.'
      if (without === undefined) return { name, state: 'down', words }
      return { name, state: 'missed', words: `${words} ${without}` }
    }
  }

  return () => {
    checking ??= Promise.all(Object.entries(parts).map(([name, part]) => checkPart(name, part))).finally(() => {
      checking = undefined
    })
    return checking
  }
}

async function inTime(work: Promise<void>, patienceMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    const words = `It did not answer within ${patienceMs / 1000} s.`
    timer = setTimeout(() => reject(new ParleyError('unavailable', words)), patienceMs)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
