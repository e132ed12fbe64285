import { BridgeError, decodeError, encodeError, type WireError } from './bridge-error.js'

/** The id of a call whose answer nobody waits for. */
const NO_ANSWER = 0

/** The four messages that ever cross the port. Both ends come from one build, so they are typed, not parsed. */
type Message =
  | { kind: 'call'; id: number; name: string; args: unknown[] }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'failure'; id: number; error: WireError }
  | { kind: 'close' }

/** What one side offers the other: named functions whose arguments and results can be cloned. */
export type Api<Shape> = { [Name in keyof Shape]: (...args: never[]) => unknown }

export interface Channel<Remote extends Api<Remote>> {
  /** Calls a function of the other side; calls arrive in the order they were made. */
  call<Name extends keyof Remote & string>(
    name: Name,
    ...args: Parameters<Remote[Name]>
  ): Promise<Awaited<ReturnType<Remote[Name]>>>
  /** Calls without waiting for the answer; a failure is logged where it happened. */
  tell<Name extends keyof Remote & string>(name: Name, ...args: Parameters<Remote[Name]>): void
  /** Ends the channel on both sides; whatever still waits for an answer fails with `closed`. */
  close(): void
}

/** Opens typed calls in both directions over one message port: `local` answers, the returned channel asks. */
export function openChannel<Local extends Api<Local>, Remote extends Api<Remote>>(
  port: MessagePort,
  local: Local,
): Channel<Remote> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = NO_ANSWER
  let closed = false

  const answer = async (id: number, name: string, args: unknown[]) => {
    try {
      if (!Object.hasOwn(local, name)) throw new BridgeError('unknown_call', `The other side has no "${name}".`)
      const called: (...args: never[]) => unknown = local[name as keyof Local] // an own property, checked above
      const value = await called(...(args as never[])) // typed where the call was made
      if (id !== NO_ANSWER && !closed) port.postMessage({ kind: 'result', id, value } satisfies Message)
    } catch (thrown) {
      if (id === NO_ANSWER) console.error(thrown)
      else if (!closed) port.postMessage({ kind: 'failure', id, error: encodeError(thrown) } satisfies Message)
    }
  }

  const end = () => {
    closed = true
    port.close()
    for (const { reject } of waiting.values()) {
      reject(new BridgeError('closed', 'The chat was closed before it could answer.'))
    }
    waiting.clear()
  }

  const settle = (id: number) => {
    const entry = waiting.get(id)
    waiting.delete(id)
    return entry
  }

  const post = (id: number, name: string, args: unknown[]) => {
    try {
      port.postMessage({ kind: 'call', id, name, args } satisfies Message)
    } catch (cause) {
      throw new BridgeError('not_cloneable', `"${name}" was given a value that is not plain data.`, { cause })
    }
  }

  port.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'call') void answer(data.id, data.name, data.args)
    else if (data.kind === 'result') settle(data.id)?.resolve(data.value)
    else if (data.kind === 'failure') settle(data.id)?.reject(decodeError(data.error))
    else end()
  }

  return {
    call: (name, ...args) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new BridgeError('closed', 'The chat is closed.'))
        const id = ++lastId
        try {
          post(id, name, args)
          // The answer is whatever the other side's function of that name returned.
          waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
        } catch (cause) {
          reject(cause)
        }
      }),
    tell(name, ...args) {
      if (!closed) post(NO_ANSWER, name, args)
    },
    close() {
      if (closed) return
      port.postMessage({ kind: 'close' } satisfies Message)
      end()
    },
  }
}
