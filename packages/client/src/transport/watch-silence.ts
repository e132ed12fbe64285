import { ClientError } from './error.js'

/** The same answer, which breaks when nothing of it has come for so long: lines can die without a word. */
export function watchSilence(response: Response, silenceMs: number): Response {
  if (!response.body) return response
  const reader = response.body.getReader()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      let timer: ReturnType<typeof setTimeout> | undefined
      const silence = new Promise<never>((_, reject) => {
        const message = `Nothing has come for ${silenceMs} ms: the connection seems to be dead.`
        timer = setTimeout(() => reject(new ClientError({ status: 0, code: 'network', message })), silenceMs)
      })
      try {
        const { done, value } = await Promise.race([reader.read(), silence])
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (thrown) {
        reader.cancel(thrown).catch(() => undefined) // a line that broke by itself cannot be closed any more
        controller.error(thrown)
      } finally {
        clearTimeout(timer)
      }
    },
    cancel: (reason) => reader.cancel(reason),
  })
  const { status, statusText, headers } = response
  return new Response(body, { status, statusText, headers })
}
