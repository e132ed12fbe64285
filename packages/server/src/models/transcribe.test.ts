import { describe, expect, it } from 'vitest'
import { transcribe } from './transcribe.js'
import type { ModelHttpRequest, ModelTransport } from './transport.js'

const answering =
  (status: number, body: string, seen: { url: string; request: ModelHttpRequest }[] = []): ModelTransport =>
  async (url, request) => {
    seen.push({ url, request })
    return { status, headers: { get: () => null }, body: noChunks, text: async () => body }
  }
const noChunks: AsyncIterable<string> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
}
const audio = { data: new Uint8Array([1, 2, 3]), mediaType: 'audio/mp4' }
const host = (transport: ModelTransport) => ({ baseUrl: 'http://host.test/v1/', apiKey: 'sk-secret1', transport })

describe('B9: transcribe', () => {
  it('sends the recording as the form OpenAI made the custom', async () => {
    const seen: { url: string; request: ModelHttpRequest }[] = []

    const text = await transcribe(host(answering(200, '{"text":" Hello there. "}', seen)), 'whisper-1', audio)

    expect(text).toBe('Hello there.')
    const { url, request } = seen[0] ?? {}
    expect(url).toBe('http://host.test/v1/audio/transcriptions')
    expect(request?.headers.authorization).toBe('Bearer sk-secret1')
    const form = await new Response(request?.body, { headers: request?.headers ?? {} }).formData()
    const file = form.get('file') as File // set by the code under test
    expect([form.get('model'), file.name, file.type, file.size]).toEqual(['whisper-1', 'speech.mp4', 'audio/mp4', 3])
  })

  it.each([
    [404, '{}', 'turns no speech into text, or does not know the model "whisper-1". Set PARLEY_TRANSCRIPTION_MODEL'],
    [403, '{}', 'refused the API key', 'model_key_refused'],
    [400, '{"error":{"message":"Audio file is too short."}}', 'refused the request: Audio file is too short.'],
    [200, '<html>', 'answered a recording with no text'],
  ])('says what a host that answers %i means', async (status, body, words, code = 'model_failed') => {
    await expect(transcribe(host(answering(status, body)), 'whisper-1', audio)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    })
  })

  it('says when the host cannot be reached', async () => {
    const broken: ModelTransport = async () => {
      throw new TypeError('fetch failed')
    }

    await expect(transcribe(host(broken), 'whisper-1', audio)).rejects.toThrow('Could not reach the model at host.test')
  })
})
