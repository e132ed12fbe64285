import type { AgentThought } from './schema.js'

/**
 * The thoughts of an agent: one per round of asking the model, from its first word to the last answer of its tools. Each
 * is told when it begins, when its tools are called and when they have answered.
 */
export function createThoughts(newId: () => string) {
  let position = 0
  let current: Round | undefined

  const begin = (): AgentThought[] => {
    if (current && !current.isAnswered) return []
    position++
    current = { id: newId(), position, text: '', calls: new Map(), isAnswered: false, files: [] }
    return [encodeRound(current)]
  }

  return {
    /** Words of the round, which are told as they come in another event. */
    said(text: string): AgentThought[] {
      const told = begin()
      if (current) current.text += text
      return told
    },
    called(callId: string, name: string, input: unknown): AgentThought[] {
      const told = begin()
      current?.calls.set(callId, { name, input, output: undefined })
      return current ? [...told, encodeRound(current)] : told
    },
    answered(callId: string, output: unknown): AgentThought[] {
      const call = current?.calls.get(callId)
      if (!current || !call) return []
      call.output = output ?? ''
      current.isAnswered = [...current.calls.values()].every((one) => one.output !== undefined)
      return [encodeRound(current)]
    },
    /** A picture belongs to the round that made it, whose tools may have answered by then. */
    made(fileId: string): AgentThought[] {
      const told = current ? [] : begin()
      if (!current?.files.includes(fileId)) current?.files.push(fileId)
      return current ? [...told, encodeRound(current)] : told
    },
    /** Nothing comes any more: what was said in the last round is its thought. */
    ended: (): AgentThought[] => (current && !current.isAnswered ? [encodeRound(current)] : []),
  }
}

interface Round {
  id: string
  position: number
  text: string
  calls: Map<string, { name: string; input: unknown; output: unknown }>
  isAnswered: boolean
  files: string[]
}

/** Several tools of one round stand side by side, by their names. */
function encodeRound({ id, position, text, calls, files }: Round): AgentThought {
  const all = [...calls.values()]
  const answered = all.filter(({ output }) => output !== undefined)
  return {
    id,
    position,
    thought: text,
    observation: answered.length > 0 ? byName(answered.map(({ name, output }) => [name, output])) : '',
    tool: all.map(({ name }) => name).join(';'),
    tool_labels: Object.fromEntries(all.map(({ name }) => [name, { en_US: name }])),
    tool_input: all.length > 0 ? byName(all.map(({ name, input }) => [name, input ?? {}])) : '',
    message_files: [...files],
  }
}

const byName = (entries: [string, unknown][]): string => JSON.stringify(Object.fromEntries(entries))
