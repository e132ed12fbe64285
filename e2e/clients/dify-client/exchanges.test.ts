import { ChatClient, CompletionClient } from 'dify-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { KEYS, startClickAiServer } from '../clickai-server.js'
import { type Recorder, recordExchanges } from '../record-exchanges.js'

let server: Awaited<ReturnType<typeof startClickAiServer>>
let recorder: Recorder
beforeAll(async () => {
  server = await startClickAiServer()
  recorder = await recordExchanges(server.url)
})
afterAll(async () => {
  await recorder?.close()
  await server?.close()
})

/** Written anew by `npx vitest run --config e2e/vitest.config.ts e2e/clients --update`; look at the difference before it is kept. */
it('D8: what dify-client says and hears stays what was recorded', async () => {
  const chat = new ChatClient(KEYS.chat, `${recorder.url}/v1`)
  const writer = new CompletionClient(KEYS.writer, `${recorder.url}/v1`)
  const like = 'like' as unknown as number // as the guide has it; the client's type says otherwise

  const { data } = await chat.createChatMessage({ language: 'vi' }, 'Hello there', 'ada')
  const streamed = await chat.createChatMessage({}, 'one two', 'ada', true, data.conversation_id)
  for await (const _ of streamed.data);
  await chat.getConversations('ada')
  await chat.getConversationMessages('ada', data.conversation_id)
  await chat.messageFeedback(data.message_id, like, 'ada')
  await chat.getApplicationParameters('ada')
  await chat.deleteConversation(data.conversation_id, 'ada')
  await writer.createCompletionMessage({ text: 'a letter' }, 'ada', false)
  const agent = new ChatClient(KEYS.agent, `${recorder.url}/v1`)
  const thinking = await agent.createChatMessage({}, 'Warranty?', 'ada', true)
  let told = ''
  for await (const piece of thinking.data) told += piece
  await agent.getConversationMessages('ada', /"conversation_id":"([^"]+)"/.exec(told)?.[1] ?? '')
  const flow = new CompletionClient(KEYS.flow, `${recorder.url}/v1`) as unknown as {
    runWorkflow(inputs: object, user: string, stream: boolean): Promise<{ data: AsyncIterable<Buffer> }>
  } // which its types do not have
  await flow.runWorkflow({ input_text: 'Q4' }, 'ada', false)
  for await (const _ of (await flow.runWorkflow({ input_text: 'Q4' }, 'ada', true)).data);
  await chat.getConversations('').catch(() => undefined)
  await new ChatClient('app-of-nobody', `${recorder.url}/v1`).getConversations('ada').catch(() => undefined)

  await expect(recorder.exchanges()).toMatchFileSnapshot('fixtures/exchanges.txt')
})
