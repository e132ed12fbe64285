import type { StreamLanguage } from '@parley/protocol/admin'
import type { RunStream } from '../../../engine/engine.js'

type Head = RunStream['run']

/** The language a run was started in, which whoever joins it later reads unless something else was said. */
export const languageIn = ({ request }: Pick<Head, 'request'>): StreamLanguage =>
  request?.language === 'xpert' ? 'xpert' : 'langgraph'

/** The client's own id of the message that a run answers. */
export function clientMessageIdOf({ request }: Pick<Head, 'request'>): string | undefined {
  const id = request?.client_message_id
  return typeof id === 'string' ? id : undefined
}
