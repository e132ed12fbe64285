import { EntitySource } from '../entities/entity-source.js'
import { Icon } from '../icon.js'
import { useChat, useSession } from '../session-context.js'
import { type NumberedSource, sourceCall, sourceOrigin, sourceTime, sourceUrl } from './citations.js'

/** One source: number, title and origin; in a card also what it says and when it is from. */
export function SourceLine({ number, source, isCard }: NumberedSource & { isCard?: boolean }) {
  const session = useSession()
  const options = useChat((state) => state.options)
  const locale = useChat((state) => state.locale)
  const url = sourceUrl(source)
  const call = sourceCall(source, options)
  const origin = sourceOrigin(source)
  const time = isCard ? sourceTime(source, locale) : ''
  const body = (
    <>
      <span class="source-number">{number}</span>
      <span class="source-body">
        <bdi class="source-title">{source.title}</bdi>
        {origin && origin !== source.title && (
          <span class="source-origin">
            <Icon
              name={source.type === 'url' ? 'globe' : source.type === 'file' ? 'file' : (source.icon ?? 'info')}
              size={13}
            />
            <bdi>{origin}</bdi>
          </span>
        )}
        {isCard && source.description && <bdi class="source-text">{source.description}</bdi>}
        {time && <span class="source-origin">{time}</span>}
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
  if (source.type === 'entity') return <EntitySource source={source}>{body}</EntitySource>
  if (!call) return <span class="source">{body}</span>
  return (
    <button type="button" class="source" onClick={() => session.callHost(call.path, call.argument)}>
      {body}
    </button>
  )
}
