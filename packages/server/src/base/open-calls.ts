import type { Peers } from './peers.js'

/** Calls that are being answered by this process, by who made them: for those who stop one, at whichever server. */
export class OpenCalls {
  readonly #open = new Map<string, () => Promise<unknown>>()
  readonly #peers: Pick<Peers, 'tell' | 'listen'>
  readonly #topic: string

  /** @param topic What servers tell each other of stopped calls is said under this; each kind of call has its own. */
  constructor(peers: Pick<Peers, 'tell' | 'listen'>, topic: string) {
    this.#peers = peers
    this.#topic = topic
    peers.listen(topic, async (key) => void (await this.#open.get(key)?.()))
  }

  /** @returns how to take it out again */
  add(key: string, stop: () => Promise<unknown>): () => void {
    this.#open.set(key, stop)
    return () => {
      if (this.#open.get(key) === stop) this.#open.delete(key)
    }
  }

  /** Nothing happens to a call that is over, or was never made. */
  stop(key: string): Promise<void> {
    return this.#peers.tell(this.#topic, key)
  }
}
