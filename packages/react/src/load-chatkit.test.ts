// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { ChatKitScriptError, loadChatKit } from './load-chatkit.js'

/** happy-dom must not fetch what a test inserts: the test says itself what became of it. */
const appended: HTMLScriptElement[] = []
document.head.append = (...nodes) => {
  appended.push(...nodes.filter((node): node is HTMLScriptElement => node instanceof HTMLScriptElement))
}
afterEach(() => appended.splice(0))

describe('loadChatKit', () => {
  it.each([
    ['https://a.example.com', 'https://a.example.com/chatkit.js', ''],
    ['https://b.example.com/chat', 'https://b.example.com/chat/chatkit.js', ''],
    ['https://c.example.com/chatkit.mjs', 'https://c.example.com/chatkit.mjs', 'module'],
  ])('finds the script of %s', (server, src, type) => {
    void loadChatKit(server)

    expect(appended.map((script) => [script.src, script.type])).toEqual([[src, type]])
  })

  it('inserts it once, and tries again after a failure', async () => {
    const both = Promise.allSettled([loadChatKit('https://d.example.com'), loadChatKit('https://d.example.com/')])
    expect(appended).toHaveLength(1)
    appended[0]?.dispatchEvent(new Event('error'))

    for (const { status, ...result } of await both) {
      expect(status).toBe('rejected')
      expect('reason' in result && result.reason).toBeInstanceOf(ChatKitScriptError)
      expect('reason' in result && String(result.reason)).toContain(
        "The chat's script could not be loaded from https://d.",
      )
    }
    void loadChatKit('https://d.example.com')
    expect(appended).toHaveLength(2)
  })

  it('resolves when the element is registered, and has nothing to do from then on', async () => {
    const loaded = loadChatKit('https://e.example.com')

    customElements.define('openai-chatkit', class extends HTMLElement {})
    await loaded
    await loadChatKit('https://f.example.com')

    expect(appended).toHaveLength(1)
  })
})
