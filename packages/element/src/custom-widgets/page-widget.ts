import type { CustomWidgetToFrame, CustomWidgetView, Side } from '../bridge/index.js'
import type { CustomAction, CustomWidget } from '../options.js'
import { tabbablesIn } from './tabbables.js'

/** One widget of the page over its place in the frame. */
export interface PageWidget {
  /** In the layer; what the page draws is slotted into it. */
  readonly place: HTMLElement
  draw(view: CustomWidgetView): void
  /** Takes the keyboard in from one side; `false` when there is nothing to focus. */
  focus(from: Side): boolean
  remove(): void
}

export interface PageWidgetOptions {
  host: HTMLElement
  frame: HTMLIFrameElement
  getWidgets(): Record<string, CustomWidget> | undefined
  send(message: CustomWidgetToFrame): Promise<unknown>
  onError(error: unknown): void
}

export function createPageWidget({ id, name }: CustomWidgetView, options: PageWidgetOptions): PageWidget {
  const { host, frame, getWidgets, send, onError } = options
  const box = createBox(id, name)
  const place = createPlace(id)
  const removed = new AbortController()
  let height = -1

  const resized = new ResizeObserver(() => {
    if (place.offsetHeight === height) return
    height = place.offsetHeight
    void send({ type: 'size', id, height })
  })

  const focus = (from: Side) => {
    const all = tabbablesIn(box)
    const target = from === 'start' ? all.at(0) : all.at(-1)
    target?.focus()
    return target !== undefined
  }
  const leave = (to: Side) => {
    frame.focus()
    void send({ type: 'leave', id, to })
  }
  for (const side of ['start', 'end'] as const) {
    place.querySelector(`[data-side=${side}]`)?.addEventListener('focus', (event) => {
      const { relatedTarget } = event as FocusEvent // what a focus event is
      const comesFromInside = relatedTarget instanceof Node && box.contains(relatedTarget)
      if (comesFromInside || !focus(side)) leave(side)
    })
  }

  host.append(box)
  resized.observe(place)
  return {
    place,
    focus,
    draw({ data, itemId, isStreaming, theme, locale }) {
      const widgets = getWidgets()
      const draw = widgets && Object.hasOwn(widgets, name) ? widgets[name] : undefined
      if (typeof draw !== 'function') return
      const sendAction = async (action: CustomAction) => void (await send({ type: 'action', id, action }))
      try {
        const drawn = draw(data, { box, itemId, isStreaming, theme, locale, sendAction, signal: removed.signal })
        if (drawn instanceof Node) box.replaceChildren(drawn)
      } catch (error) {
        onError(error)
      }
    },
    remove() {
      removed.abort()
      resized.disconnect()
      place.remove()
      box.remove()
    },
  }
}

function createBox(id: string, name: string): HTMLElement {
  const box = document.createElement('div')
  box.slot = slotName(id)
  box.dataset.widget = name
  box.setAttribute('role', 'group')
  box.setAttribute('aria-label', name)
  return box
}

/** Two ends that pass the keyboard on, and between them what the page draws. */
function createPlace(id: string): HTMLElement {
  const place = document.createElement('div')
  place.className = 'widget'
  const [start, slot, end] = ['span', 'slot', 'span'].map((name) => place.appendChild(document.createElement(name)))
  slot?.setAttribute('name', slotName(id))
  for (const [side, edge] of Object.entries({ start, end })) {
    if (!edge) continue
    edge.dataset.side = side
    edge.tabIndex = 0
  }
  return place
}

const slotName = (id: string): string => `widget-${id}`
