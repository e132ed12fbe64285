import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.js'

export interface MenuEntry {
  id: string
  label: string
  description?: string
  icon?: ComponentChildren
  disabled?: boolean
  checked: boolean
}

interface Props {
  label: string
  buttonClass: string
  button: ComponentChildren
  entries: MenuEntry[]
  onChoose(id: string): void
}

/** A button that opens a list to choose from; arrows move, Enter chooses, Escape closes and gives the focus back. */
export function Menu({ label, buttonClass, button, entries, onChoose }: Props) {
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)

  useEffect(() => {
    if (!isOpen) return
    const find = (which: string) => root.current?.querySelector<HTMLElement>(`[role^=menuitem]:enabled${which}`)
    ;(find('[aria-checked=true]') ?? find(''))?.focus()
    const leave = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
    }
  }, [isOpen])

  const close = () => {
    setOpen(false)
    root.current?.querySelector('button')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return close()
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement) // only compared
    const next = { ArrowDown: (at + 1) % items.length, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    items.at(next)?.focus()
  }

  return (
    <div class="menu" ref={root}>
      <button
        type="button"
        class={buttonClass}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      {isOpen && (
        <div id={id} class="menu-list floating" role="menu" aria-label={label} onKeyDown={onKeyDown}>
          {entries.map((entry) => (
            <button
              key={entry.id}
              type="button"
              class="menu-item"
              role="menuitemradio"
              tabIndex={-1}
              aria-checked={entry.checked}
              disabled={entry.disabled}
              onClick={() => {
                onChoose(entry.id)
                close()
              }}
            >
              {entry.icon}
              <span class="menu-words">
                <span>{entry.label}</span>
                {entry.description && <span class="menu-hint">{entry.description}</span>}
              </span>
              {entry.checked && (
                <span class="menu-end">
                  <Icon name="check" size={16} />
                </span>
              )}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
