// How the load generator speaks to each server: what it sends, and what it learns from an answer.

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

export const clients = { chatkit, floor }
