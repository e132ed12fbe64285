import type { Dialect } from '../dialect.js'
import { CLICKAI_API } from './api-schema.js'
import { encodeError } from './errors.js'
import { type ClickAiParts, clickAiRoutes } from './routes.js'

export { encodeError } from './errors.js'
export type { ClickAiParts } from './routes.js'

/** ClickAI's REST API, which Dify's clients speak as well. Source: the ClickAI contract. */
export const clickAiDialect = <Context>(parts: ClickAiParts<Context>): Dialect => ({
  name: 'clickai',
  api: () => CLICKAI_API,
  routes: clickAiRoutes(parts),
  encodeError,
})
