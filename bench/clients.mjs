// How the load generator speaks to each server: what it sends, and what it learns from an answer.
import { randomUUID } from 'node:crypto'

/** Any ChatKit server: one endpoint, the thread's id is learned from the first answer. */
const chatkit = {
  path: '/api/chatkit',
  body(conversation, text) {
    const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} }
    return conversation.threadId
      ? { type: 'threads.add_user_message', params: { thread_id: conversation.threadId, input } }
      : { type: 'threads.create', params: { input } }
  },
  learn(conversation, head) {
    conversation.threadId ??= /"thread\.created","thread":\{[^}]*?"id":"([^"]+)"/.exec(head)?.[1]
  },
  failure: (tail) => /"type":"error"[^}]*/.exec(tail)?.[0],
}

/** The floor: a pass-through of chat completions that keeps no thread. */
const floor = {
  path: '/v1/chat/completions',
  body: (_, text) => ({ model: 'fake', stream: true, messages: [{ role: 'user', content: text }] }),
  learn: () => undefined,
  failure: () => undefined,
}

/** LangGraph's clients name a thread of their own; what `useStream` asks for. */
const langgraph = {
  path: (conversation) => {
    conversation.threadId ??= randomUUID()
    return `/api/ai/threads/${conversation.threadId}/runs/stream`
  },
  body: (_, text) => ({
    assistant_id: 'demo',
    input: { messages: [{ type: 'human', content: text }] },
    stream_mode: ['messages-tuple', 'values'],
    if_not_exists: 'create',
  }),
  learn: () => undefined,
  failure: (tail) => /event: error\n.*/.exec(tail)?.[0],
}

/** Xpert's chat, at the same address. */
const xpert = {
  ...langgraph,
  body: (_, text) => ({
    assistant_id: 'demo',
    input: { action: 'send', message: { input: { input: text } } },
    if_not_exists: 'create',
  }),
}

/** ClickAI; `key` is one of the app's. */
const clickai = {
  path: '/v1/chat-messages',
  headers: ({ key }) => ({ authorization: `Bearer ${key}` }),
  body: ({ conversationId }, text) => ({
    inputs: {},
    query: text,
    user: 'bench',
    response_mode: 'streaming',
    ...(conversationId && { conversation_id: conversationId }),
  }),
  learn(conversation, head) {
    conversation.conversationId ??= /"conversation_id":\s*"([^"]+)"/.exec(head)?.[1]
  },
  failure: (tail) => /"event":\s*"error".*/.exec(tail)?.[0],
}

export const clients = { chatkit, floor, langgraph, xpert, clickai }
