import { isRecord, textOf, type WidgetProps } from '../values/read.js'
import { NamedIcon } from './icon.js'
import { usePicture } from './use-picture.js'

/** The line above a widget: a text with the icon of a site, or with one of ours. */
export function Status({ of: status }: { of: unknown }) {
  const text = isRecord(status) ? textOf(status.text) : undefined
  return isRecord(status) && text ? <StatusLine text={text} status={status} /> : null
}

function StatusLine({ text, status }: { text: string; status: WidgetProps }) {
  const favicon = textOf(status.favicon)
  const picture = usePicture(favicon)
  return (
    <p class="widget-status">
      {picture && picture !== 'loading' ? (
        <img class={status.frame === true ? 'widget-favicon widget-framed' : 'widget-favicon'} src={picture} alt="" />
      ) : (
        <NamedIcon name={favicon ? 'globe' : status.icon} size={14} />
      )}
      <span class="widget-truncate">{text}</span>
    </p>
  )
}
