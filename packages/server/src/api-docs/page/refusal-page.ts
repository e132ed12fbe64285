import { html } from 'hono/html'
import { page } from './layout.js'

/** What a browser shows of a failure. */
export const refusalPage = (request: Request, status: number, message: string): Promise<Response> =>
  page({
    request,
    title: status === 401 ? 'Sign in to read this' : 'Not here',
    trail: [{ name: 'API', href: '/docs' }],
    status,
    main:
      status === 401
        ? html`<h1>Sign in to read this</h1>
            <p>Sign in at <a href="/studio">the studio</a> and come back, or ask with an API key:</p>
            <pre tabindex="0"><code>curl -H "Authorization: Bearer $PARLEY_API_KEY" …</code></pre>`
        : html`<h1>Not here</h1><p>${message}</p><p><a href="/docs">All apps</a></p>`,
  })
