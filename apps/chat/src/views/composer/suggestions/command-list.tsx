import { useEffect, useRef, useState } from 'preact/hooks'
import { type Command, readCommandResult, readCommands, toTag } from '../../../store/entities.js'
import { useChat, useSession, useText } from '../../session-context.js'
import { type Choice, isMeant } from './choice.js'
import { ChoiceList } from './choice-list.js'
import type { SuggestionsProps } from './suggestions-props.js'
import { useBuiltInCommands } from './use-built-in-commands.js'
import { useSearch } from './use-search.js'

/** A list inside the list: the page's own, or one of the composer's. */
interface Level {
  label: string
  choices: Choice[]
}

/** What can be done from here: the page's commands as it finds them, then the composer's own. */
export function CommandList({ field, trigger, insert, actions, onDismiss }: SuggestionsProps) {
  const session = useSession()
  const text = useText()
  const path = useChat(({ options }) => (options.commands?.onSearch ? 'commands.onSearch' : null))
  const hasSelect = useChat(({ options }) => options.commands?.onSelect === true)
  const [levels, setLevels] = useState<Level[]>([])
  const level = levels.at(-1)
  const { phase, found, query, retry } = useSearch(level ? null : path, trigger.query, readCommands)

  const latest = useRef(trigger)
  latest.current = trigger
  const leave = () => insert.replaceText(latest.current, '')
  const openLevel = (opened: Level) => {
    const { start, end } = latest.current
    setLevels((open) => [...open, opened])
    insert.replaceText({ start: start + 1, end }, '') // what was typed found the list above
  }

  const toChoice = (command: Command): Choice => ({
    ...command,
    id: `page ${command.id}`,
    async choose() {
      const result = hasSelect ? readCommandResult(await session.askHost('commands.onSelect', command)) : null
      if (!result) return leave()
      if ('entity' in result) return insert.placeTag(toTag(result.entity), latest.current)
      if ('text' in result) return insert.replaceText(latest.current, result.text)
      openLevel({ label: command.label, choices: result.commands.map(toChoice) })
    },
  })
  const builtIn = useBuiltInCommands(actions, { leave, openLevel })
  const isFitting = (choice: Choice) => isMeant(choice, trigger.query)
  const choices = level ? level.choices.filter(isFitting) : [...found.map(toChoice), ...builtIn.filter(isFitting)]

  const isLost = !level && phase === 'ready' && choices.length === 0 && /\s/.test(query)
  useEffect(() => {
    if (isLost) onDismiss()
  }, [isLost, onDismiss])

  return (
    <ChoiceList
      key={levels.length}
      field={field}
      label={level?.label ?? text.commands}
      query={trigger.query}
      phase={level ? 'ready' : phase}
      choices={choices}
      onRetry={retry}
      {...(level && { onBack: () => setLevels(levels.slice(0, -1)) })}
      onClose={onDismiss}
    />
  )
}
