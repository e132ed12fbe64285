import type { Peers } from '../../base/peers.js'

/** What servers tell each other of cancelled calls is said under this. */
const TOPIC = 'mcp.cancel'

/** Calls that are being answered by this process, by who made them: for those who cancel one, at whichever server. */
export class OpenCalls {
  readonly #open = new Map<string, () => Promise<unknown>>()
  readonly #peers: Pick<Peers, 'tell' | 'listen'>

  constructor(peers: Pick<Peers, 'tell' | 'listen'>) {
    this.#peers = peers
    peers.listen(TOPIC, async (key) => void (await this.#open.get(key)?.()))
  }

  /** @returns how to take it out again */
  add(key: string, stop: () => Promise<unknown>): () => void {
    this.#open.set(key, stop)
    return () => {
      if (this.#open.get(key) === stop) this.#open.delete(key)
    }
  }

  /** Nothing happens to a call that is over, or was never made. */
  cancel(key: string): Promise<void> {
    return this.#peers.tell(TOPIC, key)
  }
}
