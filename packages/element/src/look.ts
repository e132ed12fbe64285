/** What a page's CSS may set of the chat inside the frame, each as `--parley-<name>`. The frame checks every value. */
const NAMES = [
  'user-bubble',
  'user-text',
  'assistant-bubble',
  'assistant-text',
  'bubble-radius',
  'column-width',
  'header',
  'composer',
  'link',
  'scrollbar-thumb',
  'scrollbar-track',
]

/** The properties that the page's style sheets give the element; custom properties do not reach into a frame by themselves. */
export function readLook(element: HTMLElement): Record<string, string> {
  const style = getComputedStyle(element)
  const found = NAMES.map((name) => [name, style.getPropertyValue(`--parley-${name}`).trim()])
  return Object.fromEntries(found.filter(([, value]) => value))
}

/** Calls when the look may have changed: classes, styles and themes of the element and the page. Returns how to stop. */
export function watchLook(element: HTMLElement, onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  for (const watched of [element, document.documentElement, document.body]) {
    if (watched) observer.observe(watched, { attributes: true })
  }
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  scheme.addEventListener('change', onChange)
  return () => {
    observer.disconnect()
    scheme.removeEventListener('change', onChange)
  }
}
