import type { RunStream } from '../../../engine/engine.js'

type Head = RunStream['run']

/** Whoever joins a run later reads the language it was started in. */
export const isOfChat = ({ request }: Pick<Head, 'request'>) => request?.language === 'xpert'

/** The client's own id of the message that a run answers. */
export function clientMessageIdOf({ request }: Pick<Head, 'request'>): string | undefined {
  const id = request?.client_message_id
  return typeof id === 'string' ? id : undefined
}
