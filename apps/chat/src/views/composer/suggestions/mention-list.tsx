import { useEffect } from 'preact/hooks'
import { readEntities, toTag } from '../../../store/entities.js'
import { useText } from '../../session-context.js'
import { ChoiceList } from './choice-list.js'
import type { SuggestionsProps } from './suggestions-props.js'
import { useSearch } from './use-search.js'

/** What can be mentioned, as the page finds it. */
export function MentionList({ field, trigger, insert, onDismiss }: SuggestionsProps) {
  const text = useText()
  const { phase, found, query, retry } = useSearch('entities.onTagSearch', trigger.query, readEntities)

  // Words that lead to nothing were not meant as a search.
  const isLost = phase === 'ready' && found.length === 0 && /\s/.test(query)
  useEffect(() => {
    if (isLost) onDismiss()
  }, [isLost, onDismiss])

  return (
    <ChoiceList
      field={field}
      label={text.mentions}
      query={trigger.query}
      phase={phase}
      choices={found.map((entity) => ({
        id: entity.id,
        label: entity.title,
        ...(entity.icon && { icon: entity.icon }),
        ...(entity.group && { group: entity.group }),
        choose: () => insert.placeTag(toTag(entity), trigger),
      }))}
      onRetry={retry}
      onClose={onDismiss}
    />
  )
}
