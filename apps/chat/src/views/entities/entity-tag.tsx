import type { InputTag } from '@parley/protocol'
import { useMemo } from 'preact/hooks'
import { toEntity } from '../../store/entities.js'
import { useChat, useSession } from '../session-context.js'
import { useEntityPreview } from './use-entity-preview.js'

/** A mention in a message: a name, and where the page knows more of it, a button that leads there. */
export function EntityTag({ tag }: { tag: InputTag }) {
  const session = useSession()
  const isClickable = useChat((state) => state.options.entities?.onClick === true)
  const entity = useMemo(() => toEntity(tag), [tag])
  const { isOffered, view, watch, show } = useEntityPreview()
  if (!tag.interactive || !(isClickable || isOffered)) return <span class="tag">@{tag.text}</span>

  return (
    <>
      <button
        type="button"
        class="tag"
        {...watch(entity)}
        onClick={({ currentTarget }) =>
          isClickable ? session.callHost('entities.onClick', entity) : show(entity, currentTarget)
        }
      >
        @{tag.text}
      </button>
      {view}
    </>
  )
}
