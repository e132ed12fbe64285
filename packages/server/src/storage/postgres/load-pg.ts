import { createRequire } from 'node:module'
import type Pg from 'pg'

/** Not imported at the top: the built command is one file, and a server with another database would load `pg` with it. */
export function loadPg(): typeof Pg {
  return createRequire(import.meta.url)('pg')
}
