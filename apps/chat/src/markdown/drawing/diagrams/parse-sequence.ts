import { readLabel } from './graph.js'

/** Who talks to whom, in time from top to bottom. */
export interface Sequence {
  people: Map<string, string>
  steps: Step[]
}

export type Step =
  | { kind: 'message'; from: string; to: string; text: string; isDashed: boolean; hasHead: boolean }
  | { kind: 'note'; over: string[]; side: 'over' | 'left' | 'right'; text: string }
  | { kind: 'open' | 'else'; text: string }
  | { kind: 'close' }

const NAME = '[^\\s:,;+\\-<>()]+(?: [^\\s:,;+\\-<>()]+)*'
const PERSON = /^(?:create\s+)?(?:participant|actor)\s+(\S+?)(?:\s+as\s+(.+))?$/
const MESSAGE = new RegExp(`^(${NAME})\\s*(<<)?(--?)(>>|>|x|\\))\\s*[+-]?\\s*(${NAME})\\s*:\\s*(.*)$`)
const NOTE = new RegExp(`^note\\s+(over|left of|right of)\\s+(${NAME})(?:\\s*,\\s*(${NAME}))?\\s*:\\s*(.*)$`, 'i')
const OPEN = /^(loop|alt|opt|par|critical|break)\b\s*(.*)$/
const ELSE = /^(?:else|and|option)\b\s*(.*)$/
const IGNORED = /^(?:autonumber|activate|deactivate|destroy|title|accTitle|accDescr|links?|rect|box)\b/
/** What opens without being drawn, and closes with the same word as what is. */
const UNSEEN = /^(?:rect|box)\b/

/** The sequence diagram these lines describe; null when they are none, or say something we cannot draw. */
export function parseSequence(lines: string[]): Sequence | null {
  if (lines[0] !== 'sequenceDiagram') return null
  const people = new Map<string, string>()
  const steps: Step[] = []
  const open: ('drawn' | 'unseen')[] = []
  const meet = (id = '') => {
    const name = id.trim()
    if (!people.has(name)) people.set(name, readLabel(name))
    return name
  }
  for (const line of lines.slice(1)) {
    const person = PERSON.exec(line)
    const message = MESSAGE.exec(line)
    const note = NOTE.exec(line)
    const block = OPEN.exec(line)
    const other = ELSE.exec(line)
    if (person) people.set(person[1] ?? '', readLabel(person[2] ?? person[1] ?? ''))
    else if (message) {
      const [, from, , dashes, head, to, text = ''] = message
      const isDashed = dashes === '--'
      steps.push({
        kind: 'message',
        from: meet(from),
        to: meet(to),
        text: readLabel(text),
        isDashed,
        hasHead: head !== '>',
      })
    } else if (note) {
      const side = note[1]?.startsWith('left') ? 'left' : note[1]?.startsWith('right') ? 'right' : 'over'
      const over = [note[2], note[3]].filter((name) => name !== undefined).map(meet)
      steps.push({ kind: 'note', over, side, text: readLabel(note[4] ?? '') })
    } else if (block) {
      open.push('drawn')
      steps.push({ kind: 'open', text: [block[1], block[2]].filter(Boolean).join(' ') })
    } else if (other && open.length > 0) steps.push({ kind: 'else', text: other[1] ?? '' })
    else if (line === 'end') {
      if (open.pop() === 'drawn') steps.push({ kind: 'close' })
    } else if (UNSEEN.test(line)) open.push('unseen')
    else if (!IGNORED.test(line)) return null
  }
  return people.size === 0 || open.length > 0 ? null : { people, steps }
}
