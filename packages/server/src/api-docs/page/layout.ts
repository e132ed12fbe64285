import { html, raw } from 'hono/html'

/** A piece of a page, its texts escaped. */
export type Markup = ReturnType<typeof html>

/** Where the look and the behaviour of the pages are; see `apps/chat/src/docs`. */
const ASSETS = '/chatkit/docs'

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath fill='%233b5bdb' d='M6 4h20a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H14l-8 6v-6a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z'/%3E%3C/svg%3E"

/** Nothing from elsewhere, no inline script or style, no form, embedded nowhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

/** Written out inside the page below, it makes the build take a helper of a package that is not installed with this one. */
const SCRIPT_END = raw('</script>')

export interface Layout {
  request: Request
  title: string
  /** Where the reader is: names and addresses, from the list of apps on. */
  trail: { name: string; href: string }[]
  /** What stands beside the text. */
  aside?: Markup
  main: Markup
  status?: number
}

/** A whole page. */
export async function page({ request, title, trail, aside, main, status = 200 }: Layout): Promise<Response> {
  const text = await html`<!doctype html>
<html lang="en" data-language="curl">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="icon" href="${ICON}" />
    <link rel="stylesheet" href="${ASSETS}/page.css" />
    <script type="module" src="${ASSETS}/page.js">${SCRIPT_END}
  </head>
  <body>
    <a class="skip" href="#main">Skip to the text</a>
    <header class="bar">
      <a class="name" href="/">Parley</a>
      <nav aria-label="Where you are">
        <ol class="trail">
          ${trail.map(
            ({ name, href }, index) =>
              html`<li><a href="${href}" ${index === trail.length - 1 ? html`aria-current="page"` : ''}>${name}</a></li>`,
          )}
        </ol>
      </nav>
    </header>
    <div class="${aside ? 'columns' : 'column'}">
      ${aside ?? ''}
      <main id="main" tabindex="-1">${main}</main>
    </div>
  </body>
</html>
`
  const isPacked = /\bgzip\b(?!\s*;\s*q=0)/.test(request.headers.get('accept-encoding') ?? '')
  return new Response(isPacked ? packed(String(text)) : String(text), {
    status,
    headers: {
      ...(isPacked && { 'content-encoding': 'gzip' }),
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'private, no-cache',
      vary: 'accept-encoding, cookie, authorization, x-api-key',
    },
  })
}

/** The page of an API says the same words many times: packed it is a tenth. */
const packed = (text: string): ReadableStream => new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
