import { ParleyError } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { encodeError } from '../dialects/chatkit/index.js'
import { createRouter } from '../http/router.js'
import { healthRoutes, type Part, type Phase } from './health.js'

const SECRET = 'postgres://parley:hidden@db'

function asked(parts: Record<string, Part>, options: { phase?: Phase; patienceMs?: number } = {}) {
  const logged: unknown[] = []
  const log = {
    debug: () => 0,
    info: () => 0,
    warn: () => 0,
    error: (_: string, details?: object) => logged.push(details),
  }
  const { phase = 'serving', patienceMs } = options
  const group = healthRoutes({ phase: () => phase, parts, log, encodeError, patienceMs })
  const fetch = createRouter({
    groups: [group],
    cors: { allowOrigin: () => false },
    encodeError,
    report: () => undefined,
  })
  return { logged, get: (path: string) => fetch(new Request(`http://parley.test${path}`)) }
}

const works: Part = { check: async () => undefined }
const fails: Part = { check: () => Promise.reject(new Error(`connect ${SECRET}`)) }
const hangs: Part = { check: () => new Promise(() => undefined) }

describe('GET /readyz', () => {
  it('is 200 when every part answers', async () => {
    const response = await asked({ database: works, files: works }).get('/readyz')

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ready', parts: { database: 'ok', files: 'ok' } })
  })

  it('is 503 when one does not, and names it without telling what only the log may say', async () => {
    const { get, logged } = asked({ database: fails, files: works })
    const response = await get('/readyz')
    const text = await response.text()

    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(JSON.parse(text)).toMatchObject({ status: 'unavailable', parts: { files: 'ok' } })
    expect(text).not.toContain(SECRET)
    expect(logged).toEqual([{ part: 'database', cause: expect.objectContaining({ message: `connect ${SECRET}` }) }])
  })

  it('says once in the log that a part is lost, however often it is asked', async () => {
    const { get, logged } = asked({ database: fails })
    for (let time = 0; time < 3; time += 1) await get('/readyz')

    expect(logged).toHaveLength(1)
  })

  it('does not wait for a part that never answers', async () => {
    const response = await asked({ database: hangs }, { patienceMs: 10 }).get('/readyz')

    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ parts: { database: 'It did not answer within 0.01 s.' } })
  })

  it('is 200 and "degraded" without a part the server can do without', async () => {
    const redis: Part = {
      check: () => Promise.reject(new ParleyError('unavailable', 'Redis does not answer.')),
      without: 'Limits are counted here.',
    }
    const response = await asked({ database: works, redis }).get('/readyz')

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      status: 'degraded',
      parts: { database: 'ok', redis: 'Redis does not answer. Limits are counted here.' },
    })
  })

  it.each(['starting', 'stopping'] as const)('is 503 while the server is %s, and /healthz is not', async (phase) => {
    const { get } = asked({ database: works }, { phase })

    expect((await get('/readyz')).status).toBe(503)
    expect(await (await get('/readyz')).json()).toEqual({ status: phase })
    expect((await get('/healthz')).status).toBe(200)
  })
})
