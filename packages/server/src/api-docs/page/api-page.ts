import { html } from 'hono/html'
import type { AppFacts } from '../app-facts.js'
import type { DocumentedApi } from '../documented-api.js'
import { FAILURES, failuresOf } from '../openapi.js'
import { type SampleOptions, sampleRequest } from '../snippets/sample-request.js'
import { type DrawnSchemas, drawnSchemas } from './drawn-schemas.js'
import { type Markup, page } from './layout.js'
import { addressOf, type Entry, type Section, sectionsOf } from './operations.js'
import { drawSchema, shapeId } from './schema.js'
import { searchBox } from './search-box.js'
import { snippetBox } from './snippet-box.js'
import { breakable, sentence, slug } from './text.js'

/** `/docs/<app>/<api>`: one API, whole. */
export function apiPage(
  request: Request,
  { app, api, options }: { app: AppFacts; api: DocumentedApi; options: SampleOptions },
): Promise<Response> {
  const home = `/docs/${encodeURIComponent(app.id)}`
  const schemas = drawnSchemas(api)
  const sections = sectionsOf(api)
  const shapes = Object.entries(schemas.named)
  return page({
    request,
    title: `${api.title} – ${app.name} – API`,
    trail: [
      { name: 'API', href: '/docs' },
      { name: app.name, href: home },
      { name: api.title, href: `${home}/${api.id}` },
    ],
    aside: html`<nav class="aside" aria-label="On this page">
      ${searchBox('Find an operation')} ${sections.map(asideOf)}
      ${
        shapes.length > 0
          ? html`<h2>Shapes</h2><ul>${shapes.map(([name]) => html`<li data-search><a href="#${shapeId(name)}">${breakable(name)}</a></li>`)}</ul>`
          : ''
      }
    </nav>`,
    main: html`
      <h1>${api.title}</h1>
      <p class="lead">${sentence(api.text)}</p>
      <p class="quiet">
        <a href="${home}/${api.id}/openapi.json">OpenAPI 3.1</a> · base address <code>${options.server}</code>
      </p>
      ${sections.map((section) => drawSection(section, schemas, options))}
      <section id="failures" aria-labelledby="failures-head">
        <h2 id="failures-head">Failures</h2>
        <p>A failure has a status and a JSON body of this shape.</p>
        ${drawSchema(schemas.of(api.error, 'got'))} ${failureTable(api)}
      </section>
      ${
        shapes.length > 0
          ? html`<section aria-labelledby="shapes">
              <h2 id="shapes">Shapes</h2>
              ${shapes.map(
                ([name, schema]) =>
                  html`<section class="shape" id="${shapeId(name)}" data-find aria-labelledby="${shapeId(name)}-head">
                    <h3 id="${shapeId(name)}-head"><a href="#${shapeId(name)}">${name}</a></h3>
                    ${drawSchema(schema)}
                  </section>`,
              )}
            </section>`
          : ''
      }
    `,
  })
}

const asideOf = ({ title, entries }: Section) => html`<h2>${title}</h2>
  <ul>${entries.map((entry) => html`<li data-search><a href="#${entry.id}">${breakable(navName(entry))}</a></li>`)}</ul>`

/** Short: what a generated client calls it, or what the body says. */
const navName = (entry: Entry) => addressOf(entry).name ?? entry.route.description.id

function drawSection({ title, entries, also }: Section, schemas: DrawnSchemas, options: SampleOptions): Markup {
  const id = slug(title)
  return html`<section aria-labelledby="group-${id}">
    <h2 id="group-${id}">${title}</h2>
    ${entries.map((entry) => drawEntry(entry, schemas, options))}
    ${also.map(
      ({ method, path, description }) => html`<article class="operation" id="${slug(description.id)}" data-find>
        <h3><a href="#${slug(description.id)}">${sentence(description.summary)}</a></h3>
        <p class="address"><span class="method">${method}</span> <code>${path.replace(/:(\w+)/g, '{$1}')}</code></p>
        <p>It takes the same bodies as the operations above.</p>
      </article>`,
    )}
  </section>`
}

function drawEntry(entry: Entry, schemas: DrawnSchemas, options: SampleOptions): Markup {
  const { api, route, exchange, id, title } = entry
  const { method, path, name } = addressOf(entry)
  const { text, query, body, form, bytes, headers } = { headers: route.description.headers, ...exchange }
  return html`<article class="operation" id="${id}" data-find>
    <div class="told">
      <h3><a href="#${id}">${sentence(title)}</a></h3>
      <p class="address"><span class="method">${method}</span> <code>${path}</code>${name ? html` <code class="variant">${name}</code>` : ''}</p>
      ${text ? html`<p>${sentence(text)}</p>` : ''}
      ${query ? part('Query', drawSchema(schemas.of(query, 'sent'), SENT)) : ''}
      ${headers ? part('Headers', headerList(headers)) : ''}
      ${body ? part('Body, as JSON', drawSchema(schemas.of(body, 'sent'), SENT)) : ''}
      ${form ? part('Form', drawSchema(schemas.of(form, 'sent'), SENT)) : ''}
      ${bytes ? part('Body', html`<p>The file as it is.</p>`) : ''} ${drawAnswer(entry, schemas)}
      <p class="quiet">
        Failures: ${failuresOf(api, route).map((status, index) => html`${index > 0 ? ', ' : ''}<a href="#failure-${status}">${status}</a>`)}
      </p>
    </div>
    ${snippetBox(sampleRequest(entry, options), title)}
  </article>`
}

const SENT = { depth: 0, isSent: true }

const part = (title: string, content: Markup) => html`<h4>${title}</h4>${content}`

const headerList = (headers: Readonly<Record<string, string>>) =>
  html`<dl class="fields">${Object.entries(headers).map(
    ([name, text]) => html`<div><dt><code>${name}</code></dt><dd><p>${sentence(text)}</p></dd></div>`,
  )}</dl>`

function drawAnswer({ exchange: { answer, events, lines, file } }: Entry, { of }: DrawnSchemas): Markup {
  if (events)
    return part(
      'Answer, as server-sent events',
      html`<p class="quiet">The data of each is JSON:</p>${drawSchema(of(events, 'got'))}`,
    )
  if (lines) return part('Answer, as lines of JSON', drawSchema(of(lines, 'got')))
  if (answer) return part('Answer, as JSON', drawSchema(of(answer, 'got')))
  return part('Answer', html`<p>${file === undefined ? 'Nothing but its status.' : `A file: ${file}.`}</p>`)
}

const failureTable = (api: DocumentedApi) => {
  const statuses = [...new Set(api.routes.flatMap((route) => failuresOf(api, route)))].sort()
  return html`<table>
    <thead><tr><th scope="col">Status</th><th scope="col">What it means</th></tr></thead>
    <tbody>${statuses.map((status) => html`<tr id="failure-${status}"><th scope="row">${status}</th><td>${sentence(FAILURES[status])}</td></tr>`)}</tbody>
  </table>`
}
