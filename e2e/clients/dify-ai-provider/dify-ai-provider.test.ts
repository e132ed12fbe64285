import { generateText, streamText } from 'ai'
import { createDifyProvider } from 'dify-ai-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEYS, startClickAiServer } from '../clickai-server.js'

let server: Awaited<ReturnType<typeof startClickAiServer>>
beforeAll(async () => {
  server = await startClickAiServer()
})
afterAll(() => server?.close())

type Mode = 'blocking' | 'streaming'
const model = (responseMode: Mode, key = KEYS.chat) =>
  createDifyProvider({ baseURL: server.base })('any', { responseMode, apiKey: key })
const headers = { 'user-id': 'sdk-user' }
const says = (text: string) => [{ role: 'user' as const, content: text }]

describe('D8: dify-ai-provider, through the AI SDK', () => {
  it('generates a text, and goes on with the conversation it names', async () => {
    const first = await generateText({ model: model('blocking'), messages: says('Hello'), headers })

    expect(first.text).toBe('You said: Hello')
    expect(first.usage).toMatchObject({ inputTokens: 7, outputTokens: 3, totalTokens: 10 })
    const conversationId = String(first.providerMetadata?.difyWorkflowData?.conversationId)
    const next = await generateText({
      model: model('blocking'),
      messages: says('Again'),
      headers: { ...headers, 'chat-id': conversationId },
    })
    expect(next.providerMetadata?.difyWorkflowData).toMatchObject({ conversationId })
  })

  it.each([
    ['a chat', KEYS.chat, 'You said: Hi there'],
    ['an agent', KEYS.agent, 'Let me look. \n\nTwo years.'],
    ['a chatflow', KEYS.talk, 'Kết quả phân tích: Hi there'],
  ])('streams what %s says, to its end', async (_, key, said) => {
    const result = streamText({ model: model('streaming', key), messages: says('Hi there'), headers })
    let text = ''
    for await (const part of result.textStream) text += part

    expect(text).toBe(said)
    expect(await result.finishReason).toBe('stop')
    expect(await result.usage).toMatchObject({ totalTokens: 10 })
  })

  it('sends an attachment, which reaches the app', async () => {
    const file = { type: 'file' as const, mediaType: 'text/plain', filename: 'a.txt', data: Buffer.from('notes') }
    const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Read' }, file] }]

    const { text } = await generateText({ model: model('blocking'), messages, headers })

    expect(text).toMatch(/^You said: Read \[.+\]$/)
  })

  it('reads the failures', async () => {
    const call = generateText({ model: model('blocking', 'app-wrong'), messages: says('Hi'), headers, maxRetries: 0 })

    await expect(call).rejects.toMatchObject({ statusCode: 401, isRetryable: false })
  })
})
