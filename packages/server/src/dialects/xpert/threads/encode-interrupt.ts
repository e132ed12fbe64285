import type { ThreadItem } from '@parley/protocol'
import type { Interrupt } from './schema.js'

/**
 * What a waiting item asks, in the forms that clients of this API look for: `toolCalls` for a tool that runs in the page,
 * `actionRequests` with `reviewConfigs` for a question. Source: the Xpert contract, section 5.4.
 */
export function encodeInterrupt(item: ThreadItem): Interrupt | undefined {
  if (item.type === 'client_tool_call' && item.status === 'pending') {
    const { id, call_id, name, arguments: args } = item
    const call = { type: 'tool_call', id: call_id, name, args }
    return { id, value: { type: 'client_tool', clientToolCalls: [call], toolCalls: [call] } }
  }
  if (item.type !== 'structured_input' || item.status !== 'pending') return undefined
  return {
    id: item.id,
    value: {
      type: 'question',
      questions: item.inputs,
      actionRequests: item.inputs.map(({ id, question, tool_call: call }) => ({
        name: call?.name ?? id,
        args: call?.arguments ?? {},
        description: question,
      })),
      reviewConfigs: item.inputs.map(({ id, tool_call: call }) => ({
        actionName: call?.name ?? id,
        allowedDecisions: call ? ['approve', 'edit', 'reject', 'respond'] : ['approve', 'reject', 'respond'],
      })),
    },
  }
}
