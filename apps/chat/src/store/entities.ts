import type { Command, Entity } from '@parley/element'
import type { InputTag } from '@parley/protocol'

export type { Command, Entity }

/** What a page answers may be anything; what has no id or no name cannot be shown and is left out. */
export function readEntities(answer: unknown): Entity[] {
  return records(answer).flatMap(({ id, title, icon, group, interactive, data }) =>
    isName(id) && isName(title)
      ? [{ id, title, ...optionalTexts({ icon, group }), interactive: interactive === true, data: readData(data) }]
      : [],
  )
}

export function readCommands(answer: unknown): Command[] {
  return records(answer).flatMap(({ id, label, ...rest }) =>
    isName(id) && isName(label)
      ? [{ id, label, ...optionalTexts({ description: rest.description, icon: rest.icon, group: rest.group }) }]
      : [],
  )
}

/** What choosing a command led to: a tag or a text to insert, a further menu, or nothing more. */
export function readCommandResult(
  answer: unknown,
): { entity: Entity } | { text: string } | { commands: Command[] } | null {
  const { type, entity, text, commands } = Object(answer) as Record<string, unknown>
  if (type === 'menu') return { commands: readCommands(commands) }
  if (type === 'text') return { text: String(text ?? '') }
  const [read] = type === 'entity' ? readEntities([entity]) : []
  return read ? { entity: read } : null
}

export function toTag({ id, title, group, interactive, data }: Entity): InputTag {
  return {
    type: 'input_tag',
    id,
    text: title,
    data: data ?? {},
    interactive: interactive ?? false,
    ...(group !== undefined && { group }),
  }
}

/** The tag as the page knows it. */
export function toEntity({ id, text, group, data, interactive }: InputTag): Entity {
  const known = { id, title: text, data: data as Record<string, string>, interactive } // as the page gave it
  return group === undefined ? known : { ...known, group }
}

function records(answer: unknown): Record<string, unknown>[] {
  return Array.isArray(answer) ? answer.map((entry) => Object(entry) as Record<string, unknown>) : []
}

const isName = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

function optionalTexts<Name extends string>(given: Record<Name, unknown>): Partial<Record<Name, string>> {
  const kept = Object.entries(given).filter(([, value]) => isName(value))
  return Object.fromEntries(kept) as Partial<Record<Name, string>> // only texts were kept
}

const readData = (data: unknown) => ({ ...(Object(data) as Record<string, string>) }) // as the page gave it
