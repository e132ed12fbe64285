/** The chat's script could not be loaded. */
export class ChatKitScriptError extends Error {
  override readonly name = 'ChatKitScriptError'
  constructor(readonly url: string) {
    super(`The chat's script could not be loaded from ${url}. Open the address in a tab to see why.`)
  }
}

const loading = new Map<string, Promise<void>>()

/**
 * Loads the chat's script into the page, once, however often it is asked to.
 *
 * @param server Address of the Parley server, or of its `/chatkit.js` or `/chatkit.mjs`.
 * @returns When `<openai-chatkit>` is registered. On a server, where there is no page: at once, having done nothing.
 * @throws {ChatKitScriptError} The script did not arrive. The next call tries again.
 */
export async function loadChatKit(server: string | URL): Promise<void> {
  if (typeof document === 'undefined' || customElements.get('openai-chatkit')) return
  const url = scriptUrlOf(server)
  const loaded = loading.get(url) ?? insertScript(url)
  loading.set(url, loaded)
  try {
    await loaded
  } catch (thrown) {
    loading.delete(url)
    throw thrown
  }
}

function scriptUrlOf(server: string | URL): string {
  const url = new URL(server, document.baseURI)
  if (/\.m?js$/.test(url.pathname)) return url.href
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return new URL('chatkit.js', url).href
}

/** Also waits for a script that the page brought itself. */
function insertScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    customElements.whenDefined('openai-chatkit').then(() => resolve(), reject)
    if ([...document.scripts].some((script) => script.src === url)) return
    const script = document.createElement('script')
    script.src = url
    script.async = true
    if (url.endsWith('.mjs')) script.type = 'module'
    script.addEventListener('error', () => {
      script.remove()
      reject(new ChatKitScriptError(url))
    })
    document.head.append(script)
  })
}
