import type { RunEvent, Thread, ThreadItem } from '@parley/protocol'

/** Calls of the ChatKit endpoint as a foreign client makes them. */
export function chatAt(url: string, headers: Record<string, string> = {}) {
  const post = (body: unknown, signal?: AbortSignal) =>
    fetch(`${url}/api/chatkit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal,
    })
  const json = async <Answer>(body: unknown): Promise<Answer> => {
    const response = await post(body)
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
    return response.json() as Promise<Answer> // the caller names the shape it asked for
  }
  return {
    post,
    create: (text: string, signal?: AbortSignal) =>
      post({ type: 'threads.create', params: { input: userInput(text) } }, signal),
    add: (threadId: string, text: string) =>
      post({ type: 'threads.add_user_message', params: { thread_id: threadId, input: userInput(text) } }),
    thread: (threadId: string) =>
      json<Thread & { run?: { id: string; status: string } }>({
        type: 'threads.get_by_id',
        params: { thread_id: threadId },
      }),
    threads: () =>
      json<{ data: Thread[]; has_more: boolean }>({ type: 'threads.list', params: { limit: 9999, order: 'desc' } }),
    items: (threadId: string) =>
      json<{ data: ThreadItem[] }>({ type: 'items.list', params: { thread_id: threadId, limit: 100, order: 'asc' } }),
  }
}

export const userInput = (text: string) => ({
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
})

/** The events of a stream as they come. */
export async function* eventsOf(response: Response): AsyncGenerator<RunEvent> {
  if (!response.body) return
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of response.body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '))
      if (data) yield JSON.parse(data.slice(6))
    }
  }
}

/** All text the assistant has written in these items. */
export const assistantText = (items: ThreadItem[]): string =>
  items.flatMap((item) => (item.type === 'assistant_message' ? item.content.map((part) => part.text) : [])).join('')
