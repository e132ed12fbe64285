import { Icon } from '../icon.js'
import { useChat, useSession } from '../session-context.js'
import { type NumberedSource, sourceOrigin, sourceUrl } from './citations.js'

/** One source: number, title and origin; in a card also what it says. */
export function SourceLine({ number, source, isCard }: NumberedSource & { isCard?: boolean }) {
  const session = useSession()
  const clickable = useChat((state) => state.options.entities?.onClick === true)
  const url = sourceUrl(source)
  const origin = sourceOrigin(source)
  const body = (
    <>
      <span class="source-number">{number}</span>
      <span class="source-body">
        <span class="source-title">{source.title}</span>
        {origin && origin !== source.title && (
          <span class="source-origin">
            <Icon
              name={source.type === 'url' ? 'globe' : source.type === 'file' ? 'file' : (source.icon ?? 'info')}
              size={13}
            />
            {origin}
          </span>
        )}
        {isCard && source.description && <span class="source-text">{source.description}</span>}
        {isCard && source.timestamp && <span class="source-origin">{source.timestamp}</span>}
      </span>
    </>
  )
  if (url) {
    return (
      <a class="source" href={url} target="_blank" rel="noopener noreferrer">
        {body}
      </a>
    )
  }
  if (source.type === 'entity' && source.interactive && clickable) {
    const { id, title, icon, data, group } = source
    return (
      <button
        type="button"
        class="source"
        onClick={() => session.callHost('entities.onClick', { id, title, icon, data, group })}
      >
        {body}
      </button>
    )
  }
  return <span class="source">{body}</span>
}
