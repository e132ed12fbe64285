import { text as readText } from 'node:stream/consumers'
import { listenAnywhere, type Running } from '../support/http.js'
import type { Attack } from './attack.js'

/** A ChatKit server in hostile hands: it answers the name of an attack with its events, unchecked. */
export async function startAttackServer(attacks: readonly Attack[]): Promise<Running> {
  let threads = 0
  return listenAnywhere(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    if (request.method === 'OPTIONS') return response.writeHead(204).end()
    const { type, params } = JSON.parse(await readText(request)) // only our own client calls
    if (!type.startsWith('threads.create') && type !== 'threads.add_user_message')
      return response.setHeader('content-type', 'application/json').end('{"data":[],"has_more":false}')
    const asked: string = params.input.content[0].text
    const attack = attacks.find(({ name }) => name === asked)
    const id = `thr_${++threads}`
    const thread = { id, created_at: '2026-01-01', status: { type: 'active' }, metadata: {}, items: { data: [] } }
    const user = {
      id: `user_${threads}`,
      thread_id: id,
      created_at: '2026-01-01',
      type: 'user_message',
      ...params.input,
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    const events = [
      { type: 'thread.created', thread },
      { type: 'thread.item.done', item: user },
      ...(attack?.events ?? []),
    ]
    for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`)
    response.end()
  })
}
