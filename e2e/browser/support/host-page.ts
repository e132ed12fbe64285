import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { listenAnywhere, type Running } from './http.js'

export type HostPageName = 'plain' | 'react' | 'parley-react' | 'parley-react-18' | 'xpert' | 'langgraph'

export interface HostPages extends Running {
  /** Address of a page that embeds the chat of `server`; `api` is what it talks to. */
  addressOf(
    page: HostPageName,
    given: { server: string; api?: string; csp?: string; [option: string]: string | undefined },
  ): string
}

/**
 * Pages as other people write them, on an origin of their own: one with nothing but the element, one with React and the
 * published `@openai/chatkit-react`, where only the script's address is ours; one with our own React package, which
 * loads the script itself; one with Xpert's own web component; and one that is drawn with LangGraph's React hook.
 */
export async function serveHostPages(): Promise<HostPages> {
  const scripts = new Map<string, Promise<string>>()
  const running = await listenAnywhere(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host')
    const make = Object.hasOwn(SCRIPTS, pathname) && SCRIPTS[pathname]
    if (make) {
      const script = scripts.get(pathname) ?? make()
      scripts.set(pathname, script)
      return response.setHeader('content-type', 'text/javascript').end(await script)
    }
    if (pathname === '/favicon.ico') return response.writeHead(204).end()
    const csp = searchParams.get('csp')
    if (csp) response.setHeader('content-security-policy', csp)
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html(pathname, searchParams.get('server') ?? ''))
  })
  return {
    ...running,
    addressOf: (page, given) => {
      const known = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined)
      return `${running.url}/${page}?${new URLSearchParams(known)}`
    },
  }
}

const BRING_OUR_SCRIPT = ['/plain', '/react']

const html = (pathname: string, server: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>A shop</title>
    ${BRING_OUR_SCRIPT.includes(pathname) ? `<script src="${server}/chatkit.js" async></script>` : ''}
    <script type="module" src="${pathname}.js"></script>
  </head>
  <body>
    <h1>A shop</h1>
    <main id="root"></main>
  </body>
</html>`

const folder = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const NEWEST_REACT = folder('node_modules')
const OLDEST_REACT = folder('packages/react/node_modules')

/** Each is made when the first page asks for it: most tests need one. */
const SCRIPTS: Record<string, () => Promise<string>> = {
  '/plain.js': () => bundle('plain.browser.ts'),
  '/react.js': () => bundle('react.browser.tsx'),
  '/parley-react.js': () => bundle('parley-react.browser.tsx', NEWEST_REACT),
  '/parley-react-18.js': () => bundle('parley-react.browser.tsx', OLDEST_REACT),
  '/xpert.js': () => bundle('xpert.browser.ts'),
  '/langgraph.js': () => bundle('langgraph.browser.tsx'),
}

async function bundle(entry: string, react = NEWEST_REACT): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', importSource: 'react', development: false } },
    resolve: { alias: { react: `${react}/react`, 'react-dom': `${react}/react-dom` } },
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL(`../pages/${entry}`, import.meta.url)), formats: ['es'] },
    },
  })
  const [result] = Array.isArray(built) ? built : [built]
  const chunk = result && 'output' in result ? result.output[0] : undefined
  if (!chunk) throw new Error(`${entry} made no script`)
  return chunk.code
}
