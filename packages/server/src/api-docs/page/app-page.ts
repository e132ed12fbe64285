import { html } from 'hono/html'
import { type AppFacts, LANGUAGES } from '../app-facts.js'
import type { DocumentedApi } from '../documented-api.js'
import { type SampleOptions, sampleRequest } from '../snippets/sample-request.js'
import { type Markup, page } from './layout.js'
import { addressOf, type Entry, sectionsOf } from './operations.js'
import { searchBox } from './search-box.js'
import { snippetBox } from './snippet-box.js'
import { sentence, slug } from './text.js'

const MODES: Record<AppFacts['mode'], string> = {
  chat: 'It converses.',
  'agent-chat': 'It converses, and shows its steps.',
  completion: 'It writes one text from its inputs, and keeps no conversation.',
  workflow: 'It runs a graph once.',
  'advanced-chat': 'It runs a graph for every message.',
}

/** `/docs/<app>`: what the app is, the first call, and everything its APIs can do. */
export function appPage(
  request: Request,
  { app, apis, options }: { app: AppFacts; apis: readonly DocumentedApi[]; options: SampleOptions },
): Promise<Response> {
  const home = `/docs/${encodeURIComponent(app.id)}`
  return page({
    request,
    title: `${app.name} – API`,
    trail: [
      { name: 'API', href: '/docs' },
      { name: app.name, href: home },
    ],
    aside: html`<nav class="aside" aria-label="On this page">
      <ul>
        <li><a href="#app">The app</a></li>
        <li><a href="#key">Your key</a></li>
        ${apis.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
      </ul>
    </nav>`,
    main: html`
      <h1>${app.name}</h1>
      ${app.description ? html`<p class="lead">${app.description}</p>` : ''}
      <section id="app" aria-labelledby="app-head">
        <h2 id="app-head">The app</h2>
        ${facts(app, options)}
      </section>
      <section id="key" aria-labelledby="key-head">
        <h2 id="key-head">Your key</h2>
        ${aboutKeys(app, options)}
      </section>
      <section aria-labelledby="everything">
        <h2 id="everything">Everything it can do</h2>
        <p>
          For generators of clients: <a href="${home}/openapi.json">all of it as OpenAPI 3.1</a>, or one API at a time
          below.
        </p>
        ${searchBox('Find an operation')}
        ${apis.map((api) => apiIndex(api, home, options))}
      </section>
    `,
  })
}

function facts(app: AppFacts, { server }: SampleOptions): Markup {
  const { files, choices, inputs, streamLanguage } = app
  const rows: [string, Markup | string][] = [
    ['Base address', html`<code>${server}</code>`],
    ['Id', html`<code>${app.id}</code>`],
    ...(app.aliases.length > 0 ? [['Other names', list(app.aliases)] as [string, Markup]] : []),
    ['Kind', html`<code>${app.mode}</code> ${MODES[app.mode]}`],
    ...(inputs.length > 0 ? [['Asks for', aboutInputs(inputs)] as [string, Markup]] : []),
    ...(choices.models.length > 0 ? [['Models to choose', list(choices.models)] as [string, Markup]] : []),
    ...(choices.tools.length > 0 ? [['Tools to choose', list(choices.tools)] as [string, Markup]] : []),
    ...(streamLanguage ? [['Streams', aboutStreams(streamLanguage)] as [string, Markup]] : []),
    ['Files', files ? aboutFiles(files) : 'It takes none.'],
  ]
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

const list = (names: readonly string[]) =>
  html`${names.map((name, index) => html`${index > 0 ? ', ' : ''}<code>${name}</code>`)}`

const aboutStreams = (language: NonNullable<AppFacts['streamLanguage']>) =>
  html`In ${LANGUAGES[language]} language below <code>/api/ai</code>, unless a key says otherwise.`

const aboutInputs = (inputs: AppFacts['inputs']) =>
  html`<ul class="plain">${inputs.map(
    ({ variable, label, type, required }) =>
      html`<li><code>${variable}</code> ${label === '' ? '' : label} <span class="type">${type}</span>${
        required ? html` <span class="needed">required</span>` : ''
      }</li>`,
  )}</ul>`

const aboutFiles = ({ hostedTypes, maxBytes }: NonNullable<AppFacts['files']>) =>
  html`At most ${Math.floor(maxBytes / 1024 / 1024)} MB each, of any type.${
    hostedTypes ? html` With the client secret of a session, or an API key: ${list(hostedTypes)}.` : ''
  }`

function aboutKeys({ id }: AppFacts, { isOpen }: SampleOptions): Markup {
  return html`
    ${
      isOpen
        ? html`<p class="note">This server runs in development mode: most calls need no key, and the examples leave it out.</p>`
        : ''
    }
    <p>
      Make an API key <a href="/studio#/apps/${encodeURIComponent(id)}">in the studio</a>, with the button “API” of this app;
      it is shown once. A key that is bound to this app reaches nothing
      else. Servers send it as <code>Authorization: Bearer …</code>; a browser never gets it, but the client secret of a
      session.
    </p>
    <p>The examples read it from the environment:</p>
    <pre tabindex="0"><code>export PARLEY_API_KEY=<mark>your key</mark></code></pre>
  `
}

function apiIndex(api: DocumentedApi, home: string, options: SampleOptions): Markup {
  const sections = sectionsOf(api)
  const [first] = sections.flatMap(({ entries }) => entries)
  const address = `${home}/${api.id}`
  return html`<section id="${api.id}" class="api" aria-labelledby="${api.id}-head">
    <h3 id="${api.id}-head"><a href="${address}">${api.title}</a></h3>
    <p>${sentence(api.text)}</p>
    ${first ? snippetBox(sampleRequest(first, options), `${api.title}: ${first.title}`) : ''}
    ${sections.map(
      ({ title, entries }) => html`<h4 id="${api.id}-${slug(title)}">${title}</h4>
        <ul class="index">${entries.map((entry) => indexRow(entry, address))}</ul>`,
    )}
    <p class="quiet"><a href="${address}/openapi.json">${api.title} as OpenAPI 3.1</a></p>
  </section>`
}

function indexRow(entry: Entry, address: string): Markup {
  const { method, path, name } = addressOf(entry)
  return html`<li data-search>
    <a href="${address}#${entry.id}">${sentence(entry.title)}</a>
    <span class="address"><span class="method">${method}</span> <code>${path}</code>${name ? html` <code>${name}</code>` : ''}</span>
  </li>`
}
