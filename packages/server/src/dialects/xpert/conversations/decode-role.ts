import { ParleyError } from '@parley/protocol'
import type { HistoryMessage } from '../../../engine/engine.js'

const ROLES: Record<string, HistoryMessage['role']> = {
  human: 'user',
  user: 'user',
  ai: 'assistant',
  assistant: 'assistant',
}

/** Whose words a message is. @throws {ParleyError} `invalid_request` */
export function decodeRole(role: string): HistoryMessage['role'] {
  const known = Object.hasOwn(ROLES, role) ? ROLES[role] : undefined
  if (known) return known
  throw new ParleyError('invalid_request', 'role must be "human" or "ai".')
}
