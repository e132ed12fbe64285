import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenAnywhere, type Running } from '../../browser/support/http.js'
import { startParley } from '../../browser/support/parley-server.js'
import { KEY, SESSION_KEYS } from '../../browser/support/session-keys.js'
import { createTestApp } from '../../browser/support/test-app.js'

/*
 * The steps of XpertAI's guides, with host and key of ours. The first guide lost its code blocks on the way: what its
 * words and tables say is sent here with curl; of the second, the page's function stands word for word.
 */

let parley: Running
let broker: Running
beforeAll(async () => {
  parley = await startParley(createTestApp(), { apiKeys: SESSION_KEYS })
  broker = await listenAnywhere(async (_, response) => {
    const session = await post(`${parley.url}/v1/chatkit/sessions`, {
      headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' },
      json: { assistant: { id: 'demo' }, user: 'anonymous' },
    })
    const { client_secret, expires_after } = (await session.json()) as Record<string, unknown>
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ client_secret, expires_after }))
  })
})
afterAll(() => Promise.all([parley?.close(), broker?.close()]))

const post = (url: string, { headers, json }: { headers: Record<string, string>; json: unknown }) =>
  fetch(url, { method: 'POST', headers, body: JSON.stringify(json) })

const run = promisify(execFile)
const curl = async (text: string) =>
  (await run('sh', ['-c', text.replaceAll('https://api.xpertai.cn', parley.url).replaceAll('sk-x-...', KEY)])).stdout

describe('C1, C3, C4: the steps of Xpert’s integration guide, with curl', () => {
  it.each(['x-api-key: sk-x-...', 'Authorization: Bearer sk-x-...'])('%s', async (credential) => {
    const send = (path: string, body: string) =>
      curl(
        `curl -s -X POST 'https://api.xpertai.cn/api/ai${path}' -H '${credential}' -H 'Content-Type: application/json' -d '${body}'`,
      )

    const [xpert] = JSON.parse(await send('/assistants/search', '{"limit": 5}'))
    const one = await curl(`curl -s https://api.xpertai.cn/api/ai/assistants/${xpert.assistant_id} -H '${credential}'`)
    const { thread_id } = JSON.parse(await send('/threads', '{}'))
    const body = `{"assistant_id": "${xpert.assistant_id}", "input": {"action": "send", "message": {"input": {"input": "Hello"}}}}`
    const streamed = await send(`/threads/${thread_id}/runs/stream`, body)
    const file = await curl(
      `printf 'What it says' | curl -s https://api.xpertai.cn/api/ai/contexts/file -H '${credential}' -F 'file=@-;filename=notes.md'`,
    )
    const flat = `{"assistant_id": "${xpert.assistant_id}", "input": {"input": "Read it", "files": [${file}]}}`
    const answered = JSON.parse(await send(`/threads/${thread_id}/runs/wait`, flat))
    const session = JSON.parse(await send('/v1/chatkit/sessions', '{"expires_after": 600}'))

    expect(JSON.parse(one)).toEqual(xpert)
    const texts = [...streamed.matchAll(/"type":"text","text":("(?:[^"\\]|\\.)*")/g)].map(([, text]) =>
      JSON.parse(text ?? '""'),
    )
    expect(texts.join('')).toBe('You said: Hello')
    expect(answered).toMatchObject({ role: 'ai', content: 'You said: Read it' })
    expect(session).toMatchObject({ client_secret: expect.stringMatching(/^cs-x-/), expires_after: 600 })
  })
})

describe('C3: the page of Xpert’s ChatKit guide', () => {
  it('gets a secret from its own server, and the assistant answers to it', async () => {
    const API_BASE_URL = broker.url
    const XPERT_ID = 'demo'
    // Of the guide, word for word.
    const getClientSecret = async () => {
      const baseUrl = API_BASE_URL || ''
      const url = `${baseUrl}/api/create-session`

      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        credentials: 'include',
        body: JSON.stringify({ xpertId: XPERT_ID }),
      })

      if (!response.ok) {
        const errorData = await response.json().catch(() => ({}))
        throw new Error(Object(errorData)?.error || `HTTP ${response.status}`)
      }

      const data = Object(await response.json())
      if (!data.client_secret) {
        throw new Error('Missing client_secret in response')
      }

      return data.client_secret
    }

    const secret = await getClientSecret()

    const places: Record<string, string>[] = [
      { authorization: `Bearer ${secret}` },
      { 'x-api-key': secret },
      { 'x-client-secret': secret },
    ]
    for (const headers of places) {
      const assistants = await post(`${parley.url}/api/ai/assistants/search`, {
        headers: { ...headers, 'content-type': 'application/json' },
        json: { limit: 10, offset: 0 },
      })
      expect(await assistants.json()).toMatchObject([{ assistant_id: 'demo' }])
    }
  })

  it('reads what is wrong where its server looks for it', async () => {
    const refused = await post(`${parley.url}/v1/chatkit/sessions`, {
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      json: { assistant: { id: 'nobody' }, user: 'anonymous' },
    })

    expect(refused.status).toBe(404)
    expect(await refused.json()).toMatchObject({
      error: expect.any(String),
      message: expect.stringContaining('nobody'),
    })
  })
})
