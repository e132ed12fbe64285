/**
 * Text that is still being written. It lives outside the state: a token appends to a string here and, once per frame,
 * tells the one view that shows it; the reducer hears of the text when it is done. So a token costs the same in a
 * thread of ten messages and of a thousand.
 */
export interface LiveTexts {
  /** The text of one content part that the state does not hold yet. */
  pending(itemId: string, contentIndex: number): string
  subscribe(itemId: string, listener: () => void): () => void
  append(itemId: string, contentIndex: number, delta: string): void
  /** Takes everything pending out of the buffer, to be reduced into the state. */
  drain(itemId: string): { contentIndex: number; text: string }[]
  /** Forgets what is pending of one part: the state has received the finished text. */
  drop(itemId: string, contentIndex?: number): void
  ids(): string[]
}

/** Asks for one call before the next frame is drawn. */
export type ScheduleFrame = (flush: () => void) => void

export function createLiveTexts(scheduleFrame: ScheduleFrame): LiveTexts {
  const buffers = new Map<string, string[]>()
  const listeners = new Map<string, Set<() => void>>()
  const touched = new Set<string>()
  let scheduled = false

  const flush = () => {
    scheduled = false
    const ids = [...touched]
    touched.clear()
    for (const id of ids) for (const listener of listeners.get(id) ?? []) listener()
  }

  return {
    pending: (itemId, contentIndex) => buffers.get(itemId)?.[contentIndex] ?? '',
    subscribe(itemId, listener) {
      const set = listeners.get(itemId) ?? new Set()
      listeners.set(itemId, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0) listeners.delete(itemId)
      }
    },
    append(itemId, contentIndex, delta) {
      const parts = buffers.get(itemId) ?? []
      parts[contentIndex] = (parts[contentIndex] ?? '') + delta
      buffers.set(itemId, parts)
      touched.add(itemId)
      if (!scheduled) {
        scheduled = true
        scheduleFrame(flush)
      }
    },
    drain(itemId) {
      const parts = buffers.get(itemId) ?? []
      buffers.delete(itemId)
      return parts.flatMap((text, contentIndex) => (text ? [{ contentIndex, text }] : []))
    },
    drop(itemId, contentIndex) {
      const parts = buffers.get(itemId)
      if (contentIndex === undefined || !parts) buffers.delete(itemId)
      else parts[contentIndex] = ''
    },
    ids: () => [...buffers.keys()],
  }
}
