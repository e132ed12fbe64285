// Builds the page, serves it beside a Parley on a free port and talks to the chat: node check.js
import { checkPage } from '../check-page.mjs'

await checkPage(import.meta.dirname)
