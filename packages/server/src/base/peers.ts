/** What servers that work together count and tell each other. One alone does so with itself. */
export interface Peers {
  /**
   * Takes one of `most` places under `key`; absent: however many are taken. `null`: as many are taken already.
   * @returns how to give it back; the second time nothing happens
   */
  takePlace(key: string, most?: number): Promise<(() => void) | null>
  /** Tells all servers, this one included. Resolves once those who listen here are done. */
  tell(topic: string, text: string): Promise<void>
  listen(topic: string, listener: (text: string) => Promise<void>): void
  close(): Promise<void>
}

/** A server that is alone. */
export function noPeers(): Peers {
  const taken = new Map<string, number>()
  const listeners = new Map<string, ((text: string) => Promise<void>)[]>()
  return {
    async takePlace(key, most = Number.POSITIVE_INFINITY) {
      const count = taken.get(key) ?? 0
      if (count >= most) return null
      taken.set(key, count + 1)
      let isTaken = true
      return () => {
        if (!isTaken) return
        isTaken = false
        const left = (taken.get(key) ?? 1) - 1
        if (left > 0) taken.set(key, left)
        else taken.delete(key)
      }
    },
    async tell(topic, text) {
      await Promise.all((listeners.get(topic) ?? []).map((listener) => listener(text)))
    },
    listen(topic, listener) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener])
    },
    close: async () => undefined,
  }
}
