import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type ModelHost, startModelHost } from '../support/model-host.js'
import { type ParleyProcess, startParley } from '../support/parley-process.js'

let server: ParleyProcess
let host: ModelHost | undefined
let folder: string

afterEach(async () => {
  await server.kill()
  await host?.close()
  host = undefined
  rmSync(folder, { recursive: true, force: true })
})

async function dictateTo(env: Record<string, string>): Promise<Response> {
  folder = mkdtempSync(join(tmpdir(), 'parley-dictation-'))
  server = await startParley({ PARLEY_DATA: folder, ...env })
  const params = { audio_base64: Buffer.alloc(300).toString('base64'), mime_type: 'audio/webm;codecs=opus' }
  return fetch(`${server.url}/api/chatkit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'input.transcribe', params }),
  })
}

const silent = () =>
  startModelHost(async function* () {
    yield 'Nothing'
  })

describe('B9: dictation with the built command', () => {
  it('goes to the model host, to the model of the setting', async () => {
    host = await silent()

    const response = await dictateTo({ OPENAI_BASE_URL: host.url, PARLEY_TRANSCRIPTION_MODEL: 'listener' })

    expect(await response.json()).toEqual({ text: 'listener heard speech.webm, 300 bytes' })
  })

  it('says what to set where no model is connected', async () => {
    const response = await dictateTo({})

    expect(response.status).toBe(501)
    expect(await response.text()).toContain(
      'Set OPENAI_API_KEY, or OPENAI_BASE_URL to a host with /audio/transcriptions.',
    )
  })
})
