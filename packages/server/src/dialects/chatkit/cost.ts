import { matchType } from '@parley/protocol'
import type { RequestCost } from '../../http/rate-limits/rules.js'
import type { EndpointRequest } from './decode.js'

const work = (): RequestCost => 'work'
const read = (): RequestCost => 'read'
const follow = (): RequestCost => 'follow'

/** What each request asks of the server. Stopping an answer is never refused for a limit on work. */
export const costOf = (request: EndpointRequest): RequestCost =>
  matchType<EndpointRequest, RequestCost>(request, {
    'threads.create': work,
    'threads.add_user_message': work,
    'threads.add_client_tool_output': work,
    'threads.add_structured_input': work,
    'threads.retry_after_item': work,
    'threads.custom_action': work,
    'threads.sync_custom_action': work,
    'attachments.create': work,
    'input.transcribe': work,
    'threads.get_by_id': read,
    'threads.list': read,
    'threads.search': read,
    'threads.update': read,
    'threads.delete': read,
    'items.list': read,
    'items.feedback': read,
    'attachments.delete': read,
    'images.read': read,
    'runs.resume': follow,
    'runs.cancel': follow,
  })
