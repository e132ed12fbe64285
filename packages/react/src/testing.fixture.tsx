/** What the tests of the bindings share: an element that only takes notes, and a page to draw in. */
import type { ChatKitOptions } from '@parley/element'
import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'

/** Stands for the script of the server: the element's own tests and the browser tests use the real one. */
export class NotingElement extends HTMLElement {
  readonly given: ChatKitOptions[] = []
  readonly calls: unknown[][] = []

  setOptions(options: ChatKitOptions): void {
    this.given.push(options)
  }

  async sendUserMessage(...args: unknown[]): Promise<void> {
    this.calls.push(args)
  }

  emit(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }
}

export function defineNotingElement(): void {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  if (!customElements.get('openai-chatkit')) customElements.define('openai-chatkit', NotingElement)
}

export interface Drawn {
  chat(): NotingElement
  draw(node: ReactNode): Promise<void>
  remove(): Promise<void>
}

export async function drawPage(node: ReactNode): Promise<Drawn> {
  const box = document.body.appendChild(document.createElement('div'))
  const root = createRoot(box)
  const draw = (next: ReactNode) => act(async () => root.render(next))
  await draw(node)
  return {
    chat: () => box.querySelector('openai-chatkit') as unknown as NotingElement, // defined above
    draw,
    async remove() {
      await act(async () => root.unmount())
      box.remove()
    },
  }
}
