// A page of somebody's with the chat on it, on the server's own origin: page and frame share one process and one main
// thread, so that all of their work is counted. Everything else is passed on to the server.
import { request as ask, createServer } from 'node:http'

export async function startHost(server) {
  const { hostname, port } = new URL(server)
  const host = createServer((request, response) => {
    if (new URL(request.url, server).pathname === '/bench') {
      return response.setHeader('content-type', 'text/html').end(PAGE)
    }
    const { url: path, method, headers } = request
    const passed = ask({ hostname, port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers)
      answer.pipe(response)
    })
    passed.on('error', () => response.destroy())
    response.on('close', () => passed.destroy())
    request.pipe(passed)
  })
  await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${host.address().port}`,
    close() {
      host.close()
      host.closeAllConnections()
    },
  }
}

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parley</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>html,body{margin:0;height:100%}</style>
<script src="/chatkit.js" async></script></head><body><script type="module">
const chat = document.createElement('openai-chatkit')
chat.style.cssText = 'display:block;width:100%;height:100vh'
document.body.append(chat)
await customElements.whenDefined('openai-chatkit')
chat.setOptions({ api: { url: '/api/chatkit', domainKey: 'bench' }, initialThread: location.hash.slice(1) || null })
globalThis.chatFrame = () => chat.shadowRoot?.querySelector('iframe')?.contentWindow
globalThis.composer = () => globalThis.chatFrame()?.document?.querySelector('textarea')
globalThis.shownText = () => globalThis.chatFrame()?.document?.body?.textContent ?? ''
</script></body></html>`
