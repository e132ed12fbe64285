import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Entity } from '../../store/entities.js'
import { lazyView } from '../lazy-view.js'
import { useChat } from '../session-context.js'

const EntityPreview = lazyView(async () => (await import('./entity-preview.js')).EntityPreview)

/** A pointer that only passes by opens nothing. */
const REST_MS = 250
/** Time to move the pointer from the name to the preview without losing it. */
const LEAVE_MS = 200

/** Shows the page's preview of an entity while its name is pointed at or has the focus. */
export function useEntityPreview() {
  const isOffered = useChat((state) => state.options.entities?.onRequestPreview === true)
  const [entity, setEntity] = useState<Entity | null>(null)
  const anchor = useRef<HTMLElement | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const stay = useCallback(() => clearTimeout(timer.current), [])
  const hide = useCallback(() => {
    stay()
    setEntity(null)
  }, [stay])
  const leave = useCallback(() => {
    stay()
    timer.current = setTimeout(() => setEntity(null), LEAVE_MS)
  }, [stay])
  const show = useCallback(
    (shown: Entity, element: HTMLElement, delay = 0) => {
      stay()
      if (!isOffered || !shown.interactive) return
      const open = () => {
        anchor.current = element
        setEntity((last) => (last?.id === shown.id ? last : shown))
      }
      if (delay) timer.current = setTimeout(open, delay)
      else open()
    },
    [stay, isOffered],
  )
  useEffect(() => stay, [stay])

  const view: ComponentChildren = entity && (
    <EntityPreview
      key={entity.id}
      entity={entity}
      anchor={anchor}
      onClose={hide}
      onPointerEnter={stay}
      onPointerLeave={leave}
    />
  )
  /** For the element that names the entity. */
  const watch = useMemo(
    () => (shown: Entity) => ({
      onPointerEnter: ({ currentTarget, pointerType }: PointerEvent) => {
        if (pointerType !== 'touch') show(shown, currentTarget as HTMLElement, REST_MS) // it is put on elements only
      },
      onPointerLeave: leave,
      onFocus: ({ currentTarget }: FocusEvent) => {
        const element = currentTarget as HTMLElement // as above
        if (element.matches(':focus-visible')) show(shown, element)
      },
      onBlur: leave,
    }),
    [show, leave],
  )
  return { isOffered, view, watch, show, leave }
}
