import type { RefObject } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Icon } from '../../icon.js'
import { useText } from '../../session-context.js'
import { type Choice, groupChoices } from './choice.js'
import { useChosenOption } from './use-chosen-option.js'
import { useListKeys } from './use-list-keys.js'

interface Props {
  field: RefObject<HTMLTextAreaElement | null>
  label: string
  query: string
  choices: Choice[]
  phase: 'searching' | 'ready' | 'failed'
  onRetry(): void
  /** There is a list before this one. */
  onBack?: () => void
  onClose(): void
}

/** A list to choose from while the cursor stays in the text; screen readers follow the marked line. */
export function ChoiceList({ field, label, query, choices, phase, onRetry, onBack, onClose }: Props) {
  const text = useText()
  const id = useId()
  const { phase: chosen, busyId, failedLabel, choose } = useChosenOption()
  const groups = groupChoices(choices)
  const lines = groups.flatMap((group) => group.choices)
  const usable = lines.filter(({ disabled }) => !disabled)
  const [markedId, mark] = useState<string | null>(null)
  const pointedAt = usable.find((choice) => choice.id === markedId)
  const marked = pointedAt ?? usable[0]
  const optionId = (choice: Choice) => `${id}-${lines.indexOf(choice)}`
  const list = useListAria(field, id, marked ? optionId(marked) : null)
  const isFailed = phase === 'failed'
  const chooseFirst = useWhenFound(phase, query, () => usable[0] && choose(usable[0]))

  useListKeys(field, query, {
    move(step) {
      const at = marked ? usable.indexOf(marked) : 0
      mark(usable.at((at + step) % usable.length)?.id ?? null)
    },
    choose() {
      if (chosen.current === 'done') return false
      if (phase === 'searching' && !pointedAt) chooseFirst()
      else if (marked) choose(marked)
      else if (isFailed) onRetry()
      return Boolean(marked) || phase !== 'ready'
    },
    back() {
      onBack?.()
      return onBack !== undefined
    },
    close: onClose,
  })

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the focus in the text
    <div class="suggestions floating" ref={list} onPointerDown={keepFocus} onMouseDown={keepFocus}>
      {onBack && (
        <button type="button" class="suggestions-back mirrored" tabIndex={-1} onClick={onBack}>
          <Icon name="back" size={14} />
          {label}
        </button>
      )}
      <div id={id} role="listbox" aria-label={label} aria-busy={phase === 'searching'}>
        {groups.map(({ name, choices: members }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
          <div key={name} role="group" aria-label={name || label}>
            {name && (
              <p class="suggestions-group" aria-hidden="true" dir="auto">
                {name}
              </p>
            )}
            {members.map((choice) => (
              <Option
                key={choice.id}
                id={optionId(choice)}
                choice={choice}
                isMarked={choice === marked}
                isBusy={choice.id === busyId}
                onMark={() => mark(choice.id)}
                onChoose={() => choose(choice)}
              />
            ))}
          </div>
        ))}
      </div>
      {phase === 'ready' && lines.length === 0 && <p class="suggestions-note">{text.nothingFound(query)}</p>}
      {isFailed && (
        <p class="suggestions-note">
          {text.searchFailed}{' '}
          <button type="button" class="button" tabIndex={-1} onClick={onRetry}>
            {text.retry}
          </button>
        </p>
      )}
      {failedLabel !== null && <p class="suggestions-note suggestions-problem">{text.commandFailed(failedLabel)}</p>}
      {phase === 'searching' && lines.length === 0 && <p class="suggestions-note skeleton">{text.loading}</p>}
      <p class="unseen" role="status">
        {status()}
      </p>
    </div>
  )

  function status(): string {
    if (failedLabel !== null) return text.commandFailed(failedLabel)
    if (isFailed) return text.searchFailed
    if (phase === 'searching') return ''
    return lines.length > 0 ? text.suggestions(lines.length) : text.nothingFound(query)
  }
}

interface OptionProps {
  id: string
  choice: Choice
  isMarked: boolean
  isBusy: boolean
  onMark(): void
  onChoose(): void
}

function Option({ id, choice, isMarked, isBusy, onMark, onChoose }: OptionProps) {
  const { label, description, icon, disabled, checked, isMenu } = choice
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the text field
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text field
    <div
      id={id}
      class="menu-item"
      role="option"
      aria-selected={isMarked}
      aria-disabled={disabled}
      aria-busy={isBusy}
      onPointerMove={() => !disabled && onMark()}
      onClick={() => !disabled && onChoose()}
    >
      {icon && <Icon name={icon} />}
      <span class="menu-words">
        <bdi class="chip-label">{label}</bdi>
        {description && <bdi class="menu-hint">{description}</bdi>}
      </span>
      {(checked || isMenu) && (
        <span class="menu-end mirrored">
          <Icon name={checked ? 'check' : 'chevron-right'} size={16} />
        </span>
      )}
    </div>
  )
}

/** Does what was asked for in the middle of a search when its answer comes, unless something else was written meanwhile. */
function useWhenFound(phase: Props['phase'], query: string, act: () => void): () => void {
  const awaited = useRef<string | null>(null)
  useEffect(() => {
    if (phase === 'ready' && awaited.current === query) act()
    if (phase !== 'searching' || awaited.current !== query) awaited.current = null
  })
  return () => {
    awaited.current = query
  }
}

/** Tells screen readers which list belongs to the text field and which of its lines is marked, and keeps that in sight. */
function useListAria(field: RefObject<HTMLTextAreaElement | null>, listId: string, optionId: string | null) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = field.current
    element?.setAttribute('aria-autocomplete', 'list')
    element?.setAttribute('aria-haspopup', 'listbox')
    element?.setAttribute('aria-controls', listId)
    return () => {
      for (const name of ['autocomplete', 'haspopup', 'controls', 'activedescendant'])
        element?.removeAttribute(`aria-${name}`)
    }
  }, [field, listId])
  useEffect(() => {
    if (!optionId) return field.current?.removeAttribute('aria-activedescendant')
    field.current?.setAttribute('aria-activedescendant', optionId)
    const line = list.current?.querySelector(`#${CSS.escape(optionId)}`)
    line?.scrollIntoView({ block: 'nearest' })
  }, [field, optionId])
  return list
}

const keepFocus = (event: Event) => event.preventDefault()
