import { createRequire } from 'node:module'
import type * as CodeApps from '../code-apps/app-folder.js'

/**
 * What reads an apps folder, with everything its files may import: the whole Agents SDK, zod, parsers, Parley. Built, that
 * is a file of its own beside this one, so that a server without such a folder does not read it at its start.
 */
export const loadCodeApps = (): typeof CodeApps => createRequire(import.meta.url)('./code-apps.cjs')
