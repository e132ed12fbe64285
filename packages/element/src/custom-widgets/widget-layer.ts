import type { Box, CustomWidgetLayout, CustomWidgetToFrame, CustomWidgetToPage } from '../bridge/index.js'
import type { CustomWidget } from '../options.js'
import { clipPath } from './clip-path.js'
import { createPageWidget, type PageWidget } from './page-widget.js'
import { readWidgetFile } from './read-widget-file.js'

export interface WidgetLayerOptions {
  /** The element itself: widgets become its children, so that the page's styles reach them. */
  host: HTMLElement
  frame: HTMLIFrameElement
  getWidgets(): Record<string, CustomWidget> | undefined
  send(message: CustomWidgetToFrame): Promise<unknown>
  onError(error: unknown): void
}

/** Widgets of the page over the frame, at the places the frame says. */
export interface WidgetLayer {
  readonly element: HTMLElement
  receive(message: CustomWidgetToPage): unknown
  /** Takes all widgets away. */
  clear(): void
}

/** For how long a scroll that began over a widget is not overruled by what the frame says of an earlier moment. */
const OWN_SCROLL_MS = 150

/**
 * A scrolling view of its own, laid over the frame's and kept at the same place: touching or turning the wheel over a
 * widget scrolls this one, and the frame follows; anything else scrolls the frame, and this one follows.
 */
export function createWidgetLayer(options: WidgetLayerOptions): WidgetLayer {
  const { frame, send } = options
  const element = document.createElement('div')
  element.className = 'widgets'
  const height = element.appendChild(document.createElement('div'))
  const widgets = new Map<string, PageWidget>()
  let lastTop = 0
  let isOwnUntil = 0

  element.addEventListener('scroll', () => {
    if (Math.abs(element.scrollTop - lastTop) <= 1) return
    lastTop = element.scrollTop
    isOwnUntil = performance.now() + OWN_SCROLL_MS
    void send({ type: 'scroll', top: lastTop })
  })

  const place = ({ view, scroll, places, holes }: CustomWidgetLayout) => {
    Object.assign(element.style, toPixels(view), { clipPath: clipPath(view, holes) })
    height.style.height = `${scroll.height}px`
    for (const { id, ...at } of places) Object.assign(widgets.get(id)?.place.style ?? {}, toPixels(at))
    if (performance.now() < isOwnUntil) return
    element.scrollTop = scroll.top
    lastTop = element.scrollTop
  }

  const remove = (id: string) => {
    widgets.get(id)?.remove()
    widgets.delete(id)
  }

  return {
    element,
    receive(message) {
      if (message.type === 'layout') return place(message.layout)
      if (message.type === 'remove') return remove(message.id)
      if (message.type === 'focus') return widgets.get(message.id)?.focus(message.from) ?? false
      if (message.type === 'read') return readWidgetFile(options.getWidgets(), message.name)
      const { widget } = message
      const shown = widgets.get(widget.id) ?? createPageWidget(widget, { ...options, frame })
      if (!widgets.has(widget.id)) element.append(shown.place)
      widgets.set(widget.id, shown)
      shown.draw(widget)
    },
    clear() {
      for (const id of [...widgets.keys()]) remove(id)
    },
  }
}

function toPixels(box: Partial<Box>): Record<string, string> {
  return Object.fromEntries(Object.entries(box).map(([name, value]) => [name, `${value}px`]))
}
