/** Before any schema is made: the page's policy allows no code made from text, and zod would ask for it. */
import { z } from 'zod'

z.config({ jitless: true })
