/**
 * The page of a widget's sandbox. It has an origin of its own that nobody shares, and a policy that lets nothing out. It
 * takes HTML from the chat around it and becomes that page; `window.widget` is the page's way to the chat.
 */
import { ACTION, HTML, LINK, READY, type SandboxState, SIZE, STATE } from './protocol.js'

interface Given {
  type: string
  html: string
  state: SandboxState
}

const tell = (message: object) => window.parent.postMessage(message, '*') // whoever is around it knows what is in it

window.addEventListener('message', begin)
tell({ type: READY })

function begin({ source, data }: MessageEvent<Given>): void {
  if (source !== window.parent || data?.type !== HTML) return
  let { state } = data
  const listeners = new Set<(state: SandboxState) => void>()
  Object.defineProperty(window, 'widget', {
    value: {
      get state() {
        return state
      },
      /** Calls the listener now and at every change. */
      watch(listener: (state: SandboxState) => void) {
        listeners.add(listener)
        listener(state)
      },
      sendAction: (action: object) => tell({ type: ACTION, action }),
      openLink: (url: string) => tell({ type: LINK, url }),
    },
  })
  paint(state)
  write(data.html) // takes away every listener, this one included
  window.addEventListener('message', ({ source, data }: MessageEvent<Given>) => {
    if (source !== window.parent || data?.type !== STATE) return
    state = data.state
    paint(state)
    for (const listener of listeners) listener(state)
  })
  paint(state)
  reportSize()
}

/** The page may be dark or light as the chat is, without a word of its own. */
function paint({ theme, locale }: SandboxState): void {
  const { documentElement: root } = document
  root.style.colorScheme = theme
  root.dataset.theme = theme
  root.lang ||= locale
}

function write(html: string): void {
  document.open()
  document.write(html)
  document.close()
}

function reportSize(): void {
  const root = document.documentElement
  const report = () => tell({ type: SIZE, height: root.getBoundingClientRect().height })
  new ResizeObserver(report).observe(root)
}
