import type { Source } from '@parley/protocol'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Entity } from '../../store/entities.js'
import { useChat, useSession } from '../session-context.js'
import { useEntityPreview } from './use-entity-preview.js'

interface Props {
  source: Extract<Source, { type: 'entity' }>
  children: ComponentChildren
}

/** A source that is something the page knows: where it is interactive, a button that leads there, with its preview. */
export function EntitySource({ source, children }: Props) {
  const session = useSession()
  const isClickable = useChat((state) => state.options.entities?.onClick === true)
  const entity = useMemo((): Entity => {
    const { id, title, icon, data, group, interactive } = source
    return {
      id,
      title,
      interactive,
      data: data as Record<string, string>,
      ...(icon && { icon }),
      ...(group && { group }),
    } // as the page's server gave it
  }, [source])
  const { isOffered, view, watch, show } = useEntityPreview()
  if (!source.interactive || !(isClickable || isOffered)) return <span class="source">{children}</span>

  return (
    <>
      <button
        type="button"
        class="source"
        {...watch(entity)}
        onClick={({ currentTarget }) =>
          isClickable ? session.callHost('entities.onClick', entity) : show(entity, currentTarget)
        }
      >
        {children}
      </button>
      {view}
    </>
  )
}
