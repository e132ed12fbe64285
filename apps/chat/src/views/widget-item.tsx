import type { WidgetItem } from '@parley/protocol'
import { useMemo } from 'preact/hooks'
import { isBusy } from '../store/selectors.js'
import { type WidgetActions, WidgetContext } from '../widgets/widget-context.js'
import { WidgetNode } from '../widgets/widget-node.js'
import { Markdown } from './markdown.js'
import { useChat, useSession } from './session-context.js'

/** A widget of the agent; its actions go to the server or to the host page, as each says. */
export function WidgetItemView({ item }: { item: WidgetItem }) {
  const session = useSession()
  const busy = useChat(isBusy)
  const isLive = useChat((state) => state.openIds.has(item.id))
  const actions = useMemo<WidgetActions>(
    () => ({
      Markdown,
      Node: WidgetNode,
      isBlocked: ({ handler, streaming }) => handler !== 'client' && streaming !== false && busy,
      run({ type, payload, handler, streaming }) {
        if (handler === 'client') {
          session.callHost('widgets.onAction', { type, payload }, { id: item.id, widget: item.widget })
          return Promise.resolve()
        }
        return streaming === false
          ? session.syncAction({ type, payload }, item.id)
          : session.sendCustomAction({ type, payload }, item.id)
      },
    }),
    [session, item.id, item.widget, busy],
  )
  return (
    <WidgetContext.Provider value={actions}>
      <div class="widget" aria-busy={isLive}>
        <WidgetNode node={item.widget} />
      </div>
    </WidgetContext.Provider>
  )
}
