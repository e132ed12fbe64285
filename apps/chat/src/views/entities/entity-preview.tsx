import '../../styles/entity-preview.css'
import type { RefObject } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import type { Entity } from '../../store/entities.js'
import { Popover } from '../../widgets/components/popover.js'
import { WidgetRoot } from '../../widgets/widget-root.js'
import { useSession } from '../session-context.js'
import { useWidgetHost } from '../use-widget-host.js'

export interface EntityPreviewProps {
  entity: Entity
  anchor: RefObject<HTMLElement | null>
  onClose(): void
  onPointerEnter(): void
  onPointerLeave(): void
}

/** What the page has to say of an entity: a widget of its own, floating beside the entity's name. */
export function EntityPreview({ entity, anchor, onClose, ...pointer }: EntityPreviewProps) {
  const id = useId()
  const root = usePreview(entity)
  const host = useWidgetHost({ id: entity.id, widget: root ?? {} })
  const isShown = root !== null

  useEffect(() => {
    if (!isShown) return
    const named = anchor.current
    named?.setAttribute('aria-describedby', id)
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && onClose()
    document.addEventListener('keydown', onKey)
    return () => {
      named?.removeAttribute('aria-describedby')
      document.removeEventListener('keydown', onKey)
    }
  }, [isShown, anchor, id, onClose])

  if (!root) return null
  return (
    <Popover class="entity-preview" anchor={anchor} side="top" onClose={onClose}>
      <section id={id} class="entity-preview-body" aria-label={entity.title} {...pointer}>
        <WidgetRoot root={root} host={host} />
      </section>
    </Popover>
  )
}

/** The page's answer; nothing when it has none, or failed. */
function usePreview(entity: Entity): object | null {
  const session = useSession()
  const [root, setRoot] = useState<object | null>(null)
  useEffect(() => {
    let current = true
    session.askHost('entities.onRequestPreview', entity).then(
      (answer) => {
        const { preview } = Object(answer) as { preview?: unknown }
        if (current && typeof preview === 'object') setRoot(preview)
      },
      (error: unknown) => session.reportError(error),
    )
    return () => {
      current = false
    }
  }, [session, entity])
  return root
}
