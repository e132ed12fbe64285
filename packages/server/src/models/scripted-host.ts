import type { ModelHttpRequest, ModelTransport } from './transport.js'

/** What a model host answers once: text, a call of a tool, or an error. `until` holds the end back. */
export type HostAnswer =
  | { text: string; until?: Promise<unknown> }
  | { tool: string; arguments: object }
  | { status: number; body: string }
  | { unreachable: string }

/** A host of chat completions for tests: the first request gets the first answer, and so on; then the last one again. */
export function scriptedHost(...answers: [HostAnswer, ...HostAnswer[]]) {
  const requests: (ModelHttpRequest & { url: string })[] = []
  const transport: ModelTransport = async (url, request) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)] ?? answers[0]
    requests.push({ ...request, url })
    if ('unreachable' in answer) throw new TypeError(answer.unreachable)
    const [status, chunks] = 'status' in answer ? [answer.status, once(answer.body)] : [200, streamOf(answer, request)]
    return {
      status,
      headers: new Headers(),
      body: chunks,
      async text() {
        let text = ''
        for await (const chunk of chunks) text += chunk
        return text
      },
    }
  }
  return { transport, requests }
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}

async function* streamOf(
  answer: Extract<HostAnswer, { text: string } | { tool: string }>,
  { signal }: ModelHttpRequest,
): AsyncGenerator<string> {
  const encode = (choice: object, more: object = {}) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }], ...more })}\n\n`
  if ('text' in answer) yield encode({ delta: { content: answer.text } })
  else {
    const call = {
      index: 0,
      id: 'call_1',
      function: { name: answer.tool, arguments: JSON.stringify(answer.arguments) },
    }
    yield encode({ delta: { tool_calls: [call] } })
  }
  if ('until' in answer) await Promise.race([answer.until, aborted(signal)])
  const usage = { prompt_tokens: 11, completion_tokens: 3, total_tokens: 14 }
  yield encode({ delta: {}, finish_reason: 'tool' in answer ? 'tool_calls' : 'stop' }, { usage })
  yield 'data: [DONE]\n\n'
}

const aborted = (signal: AbortSignal | undefined) =>
  new Promise<never>((_, reject) => {
    const stop = () => reject(new DOMException('stopped', 'AbortError'))
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
