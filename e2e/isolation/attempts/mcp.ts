import type { Owned } from '../victim.js'
import type { Attempt } from './attempt.js'

const rpc = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 1, method, params })
const callOf = (name: string, thread_id: string) => rpc('tools/call', { name, arguments: { message: 'Hi', thread_id } })

/** Everything a client of the MCP server can ask of the ids. */
export const toolAttempts = ({ app, thread }: Owned): Attempt[] => [
  { name: 'list apps as tools', method: 'POST', path: '/mcp', body: rpc('tools/list') },
  { name: 'list an app as a tool', method: 'POST', path: `/mcp/${app}`, body: rpc('tools/list') },
  { name: 'list apps as tools after one', method: 'POST', path: '/mcp', body: rpc('tools/list', { cursor: app }) },
  { name: 'call an app as a tool', method: 'POST', path: '/mcp', body: callOf(app, thread) },
  { name: 'go on with a thread by a tool', method: 'POST', path: '/mcp', body: callOf('support', thread) },
]
