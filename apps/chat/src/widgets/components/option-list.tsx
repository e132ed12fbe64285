import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Option, searchOptions } from '../forms/options.js'
import { NamedIcon } from './icon.js'

interface Props {
  label: string
  options: Option[]
  chosen: string
  isSearchable: boolean
  onChoose(value: string): void
}

/** The open list of a Select: arrows, Home and End move, letters jump or search, Enter chooses. */
export function OptionList({ label, options, chosen, isSearchable, onChoose }: Props) {
  const id = useId()
  const focused = useRef<HTMLInputElement & HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const found = searchOptions(options, query)
  const [activeValue, setActive] = useState(chosen)
  const enabled = found.filter(({ disabled }) => !disabled)
  const active = enabled.find(({ value }) => value === activeValue) ?? enabled[0]
  const optionId = (option: Option) => `${id}-${options.indexOf(option)}`

  useEffect(() => focused.current?.focus(), [])
  useLayoutEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const at = active ? enabled.indexOf(active) : -1
    const target = moveTo(event.key, at, enabled.length)
    const jump = !isSearchable && event.key.length === 1 ? startingWith(enabled, event.key, at) : undefined
    const isPick = event.key === 'Enter' || (event.key === ' ' && !isSearchable)
    if (target === undefined && !jump && !isPick) return
    event.preventDefault()
    if (isPick) return active && onChoose(active.value)
    setActive((jump ?? enabled[target ?? 0])?.value ?? '')
  }
  const keyboard = {
    ref: focused,
    'aria-label': label,
    'aria-activedescendant': active && optionId(active),
    onKeyDown,
  }
  const rows = found.map((option) => (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list listens to the keys
    <div
      key={option.value}
      id={optionId(option)}
      class="widget-option"
      role="option"
      aria-selected={option.value === chosen}
      aria-disabled={option.disabled || undefined}
      data-active={option === active || undefined}
      onClick={() => !option.disabled && onChoose(option.value)}
    >
      <span class="widget-option-words">
        <span>{option.label}</span>
        {option.description && <span class="widget-option-hint">{option.description}</span>}
      </span>
      {option.value === chosen && <NamedIcon name="check" size={16} />}
    </div>
  ))
  return (
    <>
      {isSearchable && (
        <div class="widget-search">
          <NamedIcon name="search" size={16} />
          <input
            {...keyboard}
            type="text"
            role="combobox"
            aria-expanded
            aria-controls={id}
            autocomplete="off"
            value={query}
            onInput={({ currentTarget }) => setQuery(currentTarget.value)}
          />
        </div>
      )}
      <div class="widget-option-list" ref={list}>
        {isSearchable ? (
          <div id={id} role="listbox" aria-label={label} tabIndex={-1}>
            {rows}
          </div>
        ) : (
          <div {...keyboard} id={id} role="listbox" tabIndex={0}>
            {rows}
          </div>
        )}
      </div>
    </>
  )
}

/** Where a key leads from `at` in a list; nothing for any other key. */
function moveTo(key: string, at: number, count: number): number | undefined {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (step !== undefined) return (at + step + count) % Math.max(1, count)
  return { Home: 0, End: count - 1 }[key]
}

/** The next option that starts with the letter. */
function startingWith(options: Option[], letter: string, at: number): Option | undefined {
  const fits = ({ label }: Option) => label.toLocaleLowerCase().startsWith(letter.toLocaleLowerCase())
  return options.slice(at + 1).find(fits) ?? options.find(fits)
}
