import type { Box, CustomWidgetLayout, CustomWidgetToFrame, Side } from '@parley/element/bridge'
import type { CustomWidgets } from '../widget-context.js'

/** What the page tells one place. */
export interface PlaceEvents {
  resize(height: number): void
  leave(to: Side): void
  act(action: unknown): Promise<void>
}

/** Tells the page where its widgets are, whenever something moves, and each place what the page says of it. */
export interface PagePlaces {
  /** Returns how to take the place away. */
  add(id: string, element: HTMLElement, events: PlaceEvents): () => void
}

/** Whatever the chat shows over the conversation. */
const OVER = '.floating, .newest, dialog[open], [role=menu], [role=listbox], [popover]:popover-open'

const known = new WeakMap<CustomWidgets['send'], PagePlaces>()

/** The places of one chat; they share one view, which scrolls them together. */
export function pagePlaces(link: Pick<CustomWidgets, 'send' | 'listen'>): PagePlaces {
  const places = known.get(link.send) ?? createPagePlaces(link)
  known.set(link.send, places)
  return places
}

function createPagePlaces({ send, listen }: Pick<CustomWidgets, 'send' | 'listen'>): PagePlaces {
  const places = new Map<string, { element: HTMLElement; events: PlaceEvents }>()
  let stopWatching: (() => void) | undefined
  let isLooking = false
  let told = ''

  const tell = () => {
    isLooking = false
    const layout = measure(places)
    const text = JSON.stringify(layout)
    if (!layout || text === told) return
    told = text
    void send({ type: 'layout', layout })
  }
  const look = () => {
    if (!isLooking) requestAnimationFrame(tell)
    isLooking = true
  }

  const receive = (message: CustomWidgetToFrame): unknown => {
    if (message.type === 'scroll') return viewOf(places)?.scrollTo({ top: message.top, behavior: 'instant' })
    const place = places.get(message.id)
    if (message.type === 'size') return place?.events.resize(message.height)
    if (message.type === 'leave') return place?.events.leave(message.to)
    return place?.events.act(message.action)
  }

  return {
    add(id, element, events) {
      places.set(id, { element, events })
      stopWatching?.()
      const stopListening = listen(receive)
      const stopLooking = watch(places, look)
      stopWatching = () => {
        stopListening()
        stopLooking()
      }
      look()
      return () => {
        places.delete(id)
        void send({ type: 'remove', id })
        if (places.size === 0) stopWatching?.()
        else look()
      }
    },
  }
}

type Places = ReadonlyMap<string, { element: HTMLElement }>

function viewOf(places: Places): HTMLElement | null {
  const [first] = places.values()
  return first?.element.closest<HTMLElement>('.thread') ?? null
}

/** Calls `look` whenever a place, the view or something over it may be elsewhere. */
function watch(places: Places, look: () => void): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const view = viewOf(places)
  const resized = new ResizeObserver(look)
  for (const element of [view, view?.firstElementChild, ...[...places.values()].map((place) => place.element)]) {
    if (element) resized.observe(element)
  }
  const changed = new MutationObserver(look)
  changed.observe(document.body, { childList: true, subtree: true })
  view?.addEventListener('scroll', look, { signal, passive: true })
  for (const name of ['resize', 'transitionend', 'animationend', 'toggle']) {
    addEventListener(name, look, { signal, capture: true, passive: true })
  }
  return () => {
    stop.abort()
    resized.disconnect()
    changed.disconnect()
  }
}

function measure(places: Places): CustomWidgetLayout | null {
  const view = viewOf(places)
  if (!view) return null
  const seen = boxOf(view)
  return {
    view: seen,
    scroll: { top: view.scrollTop, height: view.scrollHeight },
    places: [...places].map(([id, { element }]) => {
      const { left, top, width } = boxOf(element)
      return { id, left: left - seen.left, top: top - seen.top + view.scrollTop, width }
    }),
    holes: [...document.querySelectorAll(OVER)].map(boxOf).filter((over) => meets(over, seen)),
  }
}

function boxOf(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { left, top, width, height }
}

const meets = (one: Box, other: Box): boolean =>
  one.width > 0 &&
  one.left < other.left + other.width &&
  other.left < one.left + one.width &&
  one.top < other.top + other.height &&
  other.top < one.top + one.height
