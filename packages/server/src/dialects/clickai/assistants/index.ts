import type { Dialect } from '../../dialect.js'
import { CLICKAI_API } from '../api-schema.js'
import { encodeError } from '../errors.js'
import { type AssistantParts, assistantRoutes } from './routes.js'

export type { AssistantParts } from './routes.js'

/** The apps of a workspace, at ClickAI's other address. Source: seed 004, and the ClickAI contract, section 6. */
export const assistantsDialect = (parts: AssistantParts): Dialect => ({
  name: 'clickai-assistants',
  api: () => CLICKAI_API,
  routes: assistantRoutes(parts),
  encodeError,
})
