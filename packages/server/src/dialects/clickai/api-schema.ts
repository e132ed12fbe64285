import type { ApiDescription } from '../../http/route-description.js'
import { errorSchema } from './schema.js'

/** What the documentation says of the whole API; each route says the rest of itself. */
export const CLICKAI_API: ApiDescription = {
  id: 'clickai',
  title: 'ClickAI and Dify',
  text: 'The API of ClickAI, which the clients of Dify speak as well. The key says which app; every call names its user.',
  groups: ['Messages', 'Conversations', 'Workflows', 'Files', 'App', 'Audio', 'Annotations', 'Knowledge'],
  error: errorSchema,
  credentials: ['apiKey'],
  keysSayWhich: true,
  failures: [401, 403, 429],
}
