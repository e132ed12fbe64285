import { html } from 'hono/html'
import type { AppFacts } from '../app-facts.js'
import { page } from './layout.js'

/** `/docs`: the apps somebody may read about. */
export const listPage = (request: Request, apps: readonly AppFacts[]): Promise<Response> =>
  page({
    request,
    title: 'API documentation',
    trail: [{ name: 'API', href: '/docs' }],
    main: html`
      <h1>API documentation</h1>
      <p class="lead">Every app answers on four APIs. Choose one to see how it is called, with its own addresses and examples to copy.</p>
      ${
        apps.length === 0
          ? html`<p>There are no apps yet. Make one in <a href="/studio">the studio</a>, or with <code>parley apps new</code>.</p>`
          : html`<ul class="apps">
              ${apps.map(
                ({ id, name, description, isDefault }) => html`<li>
                  <a href="/docs/${encodeURIComponent(id)}">${name}</a>
                  ${name === id ? '' : html` <code>${id}</code>`}${isDefault ? html` <span class="quiet">default</span>` : ''}
                  ${description ? html`<p class="quiet">${description}</p>` : ''}
                </li>`,
              )}
            </ul>`
      }
    `,
  })
