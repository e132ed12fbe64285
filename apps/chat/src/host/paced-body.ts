/** Text that grows thirty times a second seems to flow. */
const PAUSE_MS = 33
/** Where more than a hundred tokens come each second, nobody follows the words: fifteen times are enough. */
const FLOOD_PAUSE_MS = 66
/** Bytes in one gulp, of events of some hundred and thirty bytes each, that tell such a flood. */
const FLOOD_BYTES = 500

export interface Pace {
  now(): number
  wait(ms: number): Promise<void>
  /** Resolves in the task after this one. */
  nextTask(): Promise<void>
  /** Nobody looks: there is nothing to save, and a hidden page's timers would hold the answer up. */
  isHidden(): boolean
}

const browserPace: Pace = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  nextTask,
  isHidden: () => document.visibilityState === 'hidden',
}

/**
 * A streaming answer, read in gulps: a model may write two hundred tokens a second, and waking the page for each of
 * them costs more than drawing them. What comes after a pause is passed on at once.
 */
export function pacedBody(body: ReadableStream<Uint8Array>, pace: Pace = browserPace): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let ahead: Promise<ReadableStreamReadResult<Uint8Array>> | null = null
  let lastRead = Number.NEGATIVE_INFINITY
  let gulpBytes = 0

  const read = () => {
    const next = ahead ?? reader.read()
    ahead = null
    return next
  }

  const pass = (controller: ReadableStreamDefaultController<Uint8Array>, chunk: Uint8Array) => {
    gulpBytes += chunk.byteLength
    controller.enqueue(chunk)
  }

  /** Passes on all that is there already: a browser may keep each packet as a chunk of its own. */
  const drain = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const end = pace.nextTask() // what is there is read in microtasks, all of them before the next task
    for (;;) {
      const next = read()
      const result = await Promise.race([next, end])
      if (!result || result.done) {
        ahead = next
        next.catch(() => undefined) // the next read tells
        return
      }
      pass(controller, result.value)
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const early = lastRead + (gulpBytes < FLOOD_BYTES ? PAUSE_MS : FLOOD_PAUSE_MS) - pace.now()
        if (early > 0 && !pace.isHidden()) await pace.wait(early)
        const { done, value } = await read()
        lastRead = pace.now()
        if (done) return controller.close()
        gulpBytes = 0
        pass(controller, value)
        await drain(controller)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** Not a timer: those that follow each other are held back by four milliseconds, time enough for one more token. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
