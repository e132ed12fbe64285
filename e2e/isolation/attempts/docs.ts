import type { Owned } from '../victim.js'
import type { Attempt } from './attempt.js'

/** What is documented of an app, for whoever holds a key of its workspace. */
export const docsAttempts = ({ app }: Owned): Attempt[] =>
  ['', '/chatkit', '/openapi.json', '/chatkit/openapi.json'].map((part) => ({
    name: `the documentation of an app: ${part}`,
    method: 'GET',
    path: `/docs/${app}${part}`,
  }))
