import type { WidgetItem } from '@parley/protocol'
import { useChat } from './session-context.js'
import { useWidgetCode } from './use-widget-code.js'
import { useWidgetHost } from './use-widget-host.js'
import { WidgetSkeleton } from './widget-skeleton.js'

/** A widget of the agent; its actions go to the server or to the host page, as each says. */
export function WidgetItemView({ item }: { item: WidgetItem }) {
  const isLive = useChat((state) => state.openIds.has(item.id))
  const code = useWidgetCode()
  const host = useWidgetHost(item, item.id)
  return code ? <code.WidgetRoot root={item.widget} host={host} isLive={isLive} /> : <WidgetSkeleton />
}
