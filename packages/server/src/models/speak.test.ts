import { describe, expect, it } from 'vitest'
import { speak } from './speak.js'
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
const host = (transport: ModelTransport) => ({ baseUrl: 'http://host.test/v1/', apiKey: 'sk-secret1', transport })

describe('D6: speak', () => {
  it('asks in the form OpenAI made the custom, and gives back the bytes as they came', async () => {
    const seen: { url: string; request: ModelHttpRequest }[] = []

    const bytes = await speak(host(answering(200, 'ID3\u00ff\u0000', seen)), 'tts-1', { text: 'Hello', voice: 'nova' })

    expect([...bytes]).toEqual([0x49, 0x44, 0x33, 0xff, 0])
    expect(seen[0]?.url).toBe('http://host.test/v1/audio/speech')
    expect(seen[0]?.request.isBinary).toBe(true)
    expect(JSON.parse(String(seen[0]?.request.body))).toEqual({
      model: 'tts-1',
      input: 'Hello',
      voice: 'nova',
      response_format: 'mp3',
    })
  })

  it('speaks a long text in parts, none of it lost', async () => {
    const seen: { url: string; request: ModelHttpRequest }[] = []
    const text = 'word '.repeat(2_000).trim()

    const bytes = await speak(host(answering(200, 'x', seen)), 'tts-1', { text })

    const inputs = seen.map(({ request }) => JSON.parse(String(request.body)).input)
    expect(inputs.join(' ')).toBe(text)
    expect(bytes).toHaveLength(inputs.length)
    expect(Math.max(...inputs.map((input) => input.length))).toBeLessThanOrEqual(4_000)
  })

  it.each([
    [404, '{}', 'Set PARLEY_SPEECH_MODEL to one it has'],
    [401, '{}', 'refused the API key', 'model_key_refused'],
    [400, '{"error":{"message":"Unknown voice."}}', 'refused the request: Unknown voice.'],
  ])('says what a host that answers %i means', async (status, body, words, code = 'model_failed') => {
    await expect(speak(host(answering(status, body)), 'tts-1', { text: 'Hi' })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    })
  })
})
