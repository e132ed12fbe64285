import { html } from 'hono/html'
import type { Markup } from './layout.js'

/** Hides what does not hold the words; made visible by the script that makes it work. */
export const searchBox = (label: string): Markup => html`<div class="search" data-search-box hidden>
  <input type="search" placeholder="${label}" aria-label="${label}" autocomplete="off" spellcheck="false" />
  <p class="quiet" role="status"></p>
</div>`
