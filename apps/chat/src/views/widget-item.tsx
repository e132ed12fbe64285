import type { WidgetItem } from '@parley/protocol'
import { useMemo, useRef } from 'preact/hooks'
import { isBusy } from '../store/selectors.js'
import type { WidgetHost } from '../widgets/widget-context.js'
import { Icon } from './icon.js'
import { useChat, useSession, useText } from './session-context.js'
import { useMarkdownOptions } from './use-markdown-options.js'
import { useWidgetCode } from './use-widget-code.js'
import { WidgetSkeleton } from './widget-skeleton.js'

/** A widget of the agent; its actions go to the server or to the host page, as each says. */
export function WidgetItemView({ item }: { item: WidgetItem }) {
  const isLive = useChat((state) => state.openIds.has(item.id))
  const code = useWidgetCode()
  const host = useWidgetHost(item)
  return code ? <code.WidgetRoot root={item.widget} host={host} isLive={isLive} /> : <WidgetSkeleton />
}

/** What the chat lends the widget. It changes when the chat does, not when the widget streams. */
function useWidgetHost(item: WidgetItem): WidgetHost {
  const session = useSession()
  const text = useText()
  const markdown = useMarkdownOptions()
  const locale = useChat((state) => state.locale)
  const theme = useChat((state) => state.options.theme)
  const busy = useChat(isBusy)
  const latest = useRef(item)
  latest.current = item

  return useMemo<WidgetHost>(
    () => ({
      text,
      locale,
      theme: theme ?? 'light',
      markdown,
      Icon,
      isBusy: busy,
      run({ type, payload, handler, streaming }) {
        const { id, widget } = latest.current
        const action = { type, ...(payload !== undefined && { payload }) }
        if (handler === 'client') return session.callHost('widgets.onAction', action, { id, widget })
        return streaming ? session.sendCustomAction(action, id) : session.syncAction(action, id)
      },
      reportError: (error) => session.reportError(error),
    }),
    [session, text, locale, theme, markdown, busy],
  )
}
