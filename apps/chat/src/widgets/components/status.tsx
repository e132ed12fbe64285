import { isRecord, textOf } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { NamedIcon } from './icon.js'
import { isShownImage } from './image-source.js'

/** The line above a widget: a text with the icon of a site, or with one of ours. */
export function Status({ of: status }: { of: unknown }) {
  const { markdown } = useWidget()
  if (!isRecord(status)) return null
  const text = textOf(status.text)
  const favicon = textOf(status.favicon)
  if (!text) return null
  return (
    <p class="widget-status">
      {favicon && isShownImage(favicon, markdown.allowImage) ? (
        <img class={status.frame === true ? 'widget-favicon widget-framed' : 'widget-favicon'} src={favicon} alt="" />
      ) : (
        <NamedIcon name={favicon ? 'globe' : status.icon} size={14} />
      )}
      <span class="widget-truncate">{text}</span>
    </p>
  )
}
