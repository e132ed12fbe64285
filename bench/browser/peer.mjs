// deep-chat, the closest embeddable chat on npm: installed and bundled into bench/output when it is measured.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'vite'

const folder = fileURLToPath(new URL('../output/deep-chat', import.meta.url))
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** Its files by path, each with its brotli form. */
export async function loadPeer() {
  mkdirSync(folder, { recursive: true })
  if (!existsSync(join(folder, 'node_modules/deep-chat'))) {
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund', 'deep-chat'], {
      cwd: folder,
      shell: true,
    })
    if (installed.status !== 0) throw new Error(`deep-chat could not be installed: ${installed.stderr}`)
  }
  writeFileSync(join(folder, 'index.html'), PAGE)
  writeFileSync(join(folder, 'main.js'), MAIN)
  const { output } = await build({ root: folder, base: '/peer/', logLevel: 'error', build: { write: false } })
  const files = new Map(
    output.map((file) => [`/peer/${file.fileName}`, Buffer.from(file.type === 'chunk' ? file.code : file.source)]),
  )
  const packed = new Map([...files].map(([path, content]) => [path, brotliCompressSync(content)]))
  return {
    version: JSON.parse(readFileSync(join(folder, 'node_modules/deep-chat/package.json'), 'utf8')).version,
    bytes: [...packed.values()].reduce((sum, { length }) => sum + length, 0),
    serve(path, _request, response) {
      const content = packed.get(path)
      if (!content) return undefined
      response.writeHead(200, { 'content-type': TYPES[extname(path)], 'content-encoding': 'br' })
      return response.end(content)
    },
  }
}

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>deep-chat</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>html,body{margin:0;height:100%}</style></head>
<body><script type="module" src="./main.js"></script></body></html>`

/** The thread goes in through its own history, the answer through its own handler, as its documentation has it. */
const MAIN = `import 'deep-chat'
const chat = document.createElement('deep-chat')
chat.style.cssText = 'display:block;width:100%;height:100vh'
const count = Number(new URLSearchParams(location.search).get('messages') ?? 0)
chat.history = Array.from({ length: count }, (_, at) =>
  at % 2 ? { role: 'ai', text: '**Short** and *plain*: the server keeps \`every\` item in order.' }
         : { role: 'user', text: 'Question ' + (at / 2 + 1) + ': is it in order?' })
chat.connect = { stream: true, handler: async ({ messages: [{ text: content }] }, signals) => {
  const body = JSON.stringify({ messages: [{ role: 'user', content }] })
  const response = await fetch('/v1/chat/completions', { method: 'POST', body })
  signals.onOpen()
  const decoder = new TextDecoder()
  let rest = ''
  for await (const part of response.body) {
    const events = (rest + decoder.decode(part, { stream: true })).split('\\n\\n')
    rest = events.pop()
    for (const event of events) {
      if (event === 'data: [DONE]') continue
      const text = JSON.parse(event.slice(6)).choices[0].delta.content
      if (text) signals.onResponse({ text })
    }
  }
  signals.onClose()
} }
document.body.append(chat)
globalThis.composer = () => chat.shadowRoot?.querySelector('#text-input')
globalThis.shownText = () => chat.shadowRoot?.textContent ?? ''
globalThis.start = (text) => chat.submitUserMessage({ text })
`
