import { html } from 'hono/html'
import type { SampleRequest } from '../snippets/sample-request.js'
import { snippetsOf } from '../snippets/snippets.js'
import type { Markup } from './layout.js'

/** A request to copy, in the language the reader has chosen; the first until the page's script knows which. */
export function snippetBox(request: SampleRequest, label: string): Markup {
  const snippets = snippetsOf(request)
  return html`<div class="snippet" role="group" aria-label="${label}">
    <div class="snippet-head">
      <div class="languages" role="group" aria-label="Language">
        ${snippets.map(
          ({ id, name }, index) =>
            html`<button type="button" class="language" data-choose="${id}" aria-pressed="${index === 0 ? 'true' : 'false'}">${name}</button>`,
        )}
      </div>
      <button type="button" class="copy" data-copy hidden>Copy</button>
    </div>
    ${snippets.map(
      ({ id, name, code }, index) =>
        html`<pre data-snippet="${id}" tabindex="0" aria-label="${label}, ${name}" ${index === 0 ? '' : html`hidden`}><code>${marked(code)}</code></pre>`,
    )}
  </div>`
}

/** Words in capitals are the reader's to replace. */
const marked = (code: string): Markup[] =>
  code
    .split(/\b([A-Z]{2,}(?:_[A-Z]+)*_ID|TASK_ID)\b/)
    .map((part, index) => (index % 2 === 1 ? html`<mark>${part}</mark>` : html`${part}`))
