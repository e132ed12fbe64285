import { useMemo, useRef } from 'preact/hooks'
import { isBusy } from '../store/selectors.js'
import type { WidgetHost } from '../widgets/widget-context.js'
import { Icon } from './icon.js'
import { useMarkdownOptions } from './markdown-options.js'
import { useChat, useSession, useText } from './session-context.js'

/** The widget an action comes from, as the host page is told of it. */
interface WidgetSource {
  id: string
  widget: object
}

/**
 * What the chat lends a widget. It changes when the chat does, not when the widget streams. Actions of a widget that is
 * an item of the thread say so by `itemId`.
 */
export function useWidgetHost(source: WidgetSource, itemId?: string): WidgetHost {
  const session = useSession()
  const text = useText()
  const markdown = useMarkdownOptions()
  const locale = useChat((state) => state.locale)
  const theme = useChat((state) => state.options.theme)
  const busy = useChat(isBusy)
  const byName = useChat((state) => state.options.customWidgets)
  const latest = useRef(source)
  latest.current = source

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
        return streaming || itemId === undefined
          ? session.sendCustomAction(action, itemId)
          : session.syncAction(action, itemId)
      },
      reportError: (error) => session.reportError(error),
      ...(byName && itemId !== undefined && { custom: { ...session.customWidgets, byName, itemId } }),
    }),
    [session, text, locale, theme, markdown, busy, byName, itemId],
  )
}
