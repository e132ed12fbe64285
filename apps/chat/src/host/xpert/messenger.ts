import { createId } from '../../store/create-id.js'
import {
  fromPageError,
  readMessage,
  type ServerSentMessage,
  toFrameSafe,
  withMarker,
  type XpertMessage,
} from './wire.js'

export interface Messenger {
  /** Asks the page to do something and waits for its answer. */
  command(name: string, data: unknown): Promise<unknown>
  event(name: string, data?: unknown): void
  /** Has the page make a request; `onMessage` gets the events of a streaming answer. */
  request(message: RequestMessage, onMessage?: (message: ServerSentMessage) => void): PageCall
  /** Takes one message of the window. */
  receive(event: MessageEvent<unknown>): void
}

type RequestMessage =
  | Omit<Extract<XpertMessage, { type: 'fetch' }>, 'nonce'>
  | Omit<Extract<XpertMessage, { type: 'fetchEventSource' }>, 'nonce'>

export interface PageCall {
  answer: Promise<unknown>
  abort(): void
}

/** Runs a command of the page, `onSetOptions` and the like, and returns its answer. */
export type RunCommand = (command: string, data: unknown) => unknown

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
  onMessage?(message: ServerSentMessage): void
}

/** Speaks with the page of `<xpertai-chatkit>`; every command of the page is answered, or the page would wait for ever. */
export function createMessenger(post: (message: XpertMessage) => void, page: PageWindow, run: RunCommand): Messenger {
  const waiting = new Map<string, Waiting>()

  const ask = (toMessage: (nonce: string) => XpertMessage, onMessage?: Waiting['onMessage']): PageCall => {
    const nonce = createId()
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(nonce, { resolve, reject, onMessage }))
    post(withMarker(toMessage(nonce)))
    return { answer, abort: () => post(withMarker({ type: 'abortSignal', nonce })) }
  }

  const answerCommand = async (nonce: string, command: string, data: unknown) => {
    try {
      const response = (await run(command, data)) ?? { ok: true }
      post(withMarker({ type: 'response', nonce, response }))
    } catch (thrown) {
      post(withMarker({ type: 'response', nonce, error: toFrameSafe(thrown) }))
    }
  }

  return {
    command: (name, data) => ask((nonce) => ({ type: 'command', nonce, command: name, data })).answer,
    event: (name, data) => post(withMarker({ type: 'event', event: name, data })),
    request: (message, onMessage) => ask((nonce) => ({ ...message, nonce }), onMessage),
    receive({ source, origin, data }) {
      if (source !== page.window || origin !== page.origin) return
      const message = readMessage(data)
      if (message?.type === 'command') void answerCommand(message.nonce, message.command, message.data)
      if (message?.type === 'fetchEventSourceMessage') waiting.get(message.nonce)?.onMessage?.(message.message)
      if (message?.type !== 'response') return
      const asked = waiting.get(message.nonce)
      waiting.delete(message.nonce)
      if (message.error) asked?.reject(fromPageError(message.error))
      else asked?.resolve(message.response)
    },
  }
}

/** Whom the frame listens to: one window, and only while it shows one origin. */
export interface PageWindow {
  window: MessageEventSource
  origin: string
}
