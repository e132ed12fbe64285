/** Entry of the gallery: every widget and item of the chat on one page, to look at, to learn from and to test. */
import { z } from 'zod'

// Before any schema is made: the page's policy allows no code made from text, and zod would ask for it.
z.config({ jitless: true })
void import('./start.js')
