import { describe, expect, it, onTestFinished } from 'vitest'
import { streamText } from '../chatkit-server/stream-text.js'
import { testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'
import { jsonLog } from './json-log.js'
import { requestLog } from './request-log.js'

describe('the log for those who collect logs', () => {
  const lines: string[] = []
  const log = jsonLog(
    (line) => lines.push(line),
    () => new Date('2026-11-21T00:00:00Z'),
  )
  const entries = () => lines.splice(0).map((line) => JSON.parse(line))

  it('has a line for a request and one for its run, with the id the caller reads, and nothing of what was written', async () => {
    const parley = testParley({ respond: (thread) => streamText(thread, 'a secret answer'), observer: requestLog(log) })
    onTestFinished(() => parley.close())

    const response = await parley.send('threads.create', { input: userText('a secret question') })
    await response.text()
    const [request, run] = entries()

    expect(request).toMatchObject({
      time: '2026-11-21T00:00:00.000Z',
      level: 'info',
      message: 'request',
      requestId: response.headers.get('x-request-id'),
      method: 'POST',
      route: '/api/chatkit',
      status: 200,
    })
    expect(run).toMatchObject({ message: 'run', status: 'completed', runId: expect.any(String) })
    expect(JSON.stringify([request, run])).not.toContain('secret')
  })

  it('writes an error as what it is, in one line', () => {
    log.error('It broke.', { cause: new Error('why\nindeed') })

    const [entry] = entries()

    expect(entry).toMatchObject({ level: 'error', cause: { name: 'Error', message: 'why\nindeed' } })
  })
})
