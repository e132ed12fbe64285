import type { AppDescription } from '../../../catalog/describe-app.js'
import { seconds } from '../encode-time.js'
import type { Assistant } from './schema.js'

export const encodeAssistant = ({ id, name, mode, description, createdAt }: AppDescription): Assistant => ({
  id,
  name,
  mode,
  description,
  created_at: createdAt === undefined ? null : seconds(createdAt),
})
