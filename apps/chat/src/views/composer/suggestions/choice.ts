/** One line of a list of suggestions. */
export interface Choice {
  id: string
  label: string
  description?: string
  icon?: string
  /** Lines of one group stand together under its name. */
  group?: string
  disabled?: boolean
  checked?: boolean
  /** Leads to a further list. */
  isMenu?: boolean
  /** What choosing it does; the list waits for it and says so when it fails. */
  choose(): unknown
}

export interface ChoiceGroup {
  name: string
  choices: Choice[]
}

/** Groups in the order of their first lines; what belongs to none comes first. */
export function groupChoices(choices: readonly Choice[]): ChoiceGroup[] {
  const groups = new Map<string, Choice[]>([['', []]])
  for (const choice of choices) {
    const group = choice.group ?? ''
    groups.set(group, [...(groups.get(group) ?? []), choice])
  }
  return [...groups].flatMap(([name, members]) => (members.length > 0 ? [{ name, choices: members }] : []))
}

/** Whether a line is one the person may mean, whatever the case and the accents: part of its name, or how its group begins. */
export function isMeant({ label, group }: Pick<Choice, 'label' | 'group'>, query: string): boolean {
  const words = plain(query.trim())
  return plain(label).includes(words) || plain(group ?? '').startsWith(words)
}

const plain = (words: string) =>
  words
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
