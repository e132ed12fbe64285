import { html } from 'hono/html'
import type { Markup } from './layout.js'

/** A sentence; what stands between backticks is code. */
export const sentence = (text: string): Markup[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))

/** A name that may go on in the next line behind its dots and before its capitals. */
export const breakable = (name: string): Markup[] =>
  name.split(/(?<=[._])|(?=[A-Z])/).map((part, index) => html`${index > 0 ? html`<wbr />` : ''}${part}`)

/** For addresses within a page. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
