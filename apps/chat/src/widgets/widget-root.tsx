/** The widgets' entry: loaded, with its styles, when the first widget is on screen. */
import '../styles/widgets.css'
import { useId, useMemo, useState } from 'preact/hooks'
import { CustomWidget } from './custom/index.js'
import { labelledNames } from './forms/labelled-names.js'
import { lookUp, type WidgetProps } from './values/read.js'
import { WidgetContext, type WidgetHost } from './widget-context.js'
import { WidgetNode } from './widget-node.js'

interface Props {
  root: object
  host: WidgetHost
  /** More of it is still to come. */
  isLive?: boolean
}

/** One whole widget. */
export function WidgetRoot({ root, host, isLive = false }: Props) {
  const id = useId()
  const [holds, setHolds] = useState(0)
  const labelled = useMemo(() => labelledNames(root), [root])
  const scheme = (typeof host.theme === 'string' ? host.theme : host.theme?.colorScheme) ?? 'light'
  const widget = useMemo(() => {
    const hold = () => {
      setHolds((count) => count + 1)
      return () => setHolds((count) => count - 1)
    }
    return { ...host, id, labelled, scheme, isLive, hold }
  }, [host, id, labelled, scheme, isLive])
  const isHeld = holds > 0
  return (
    <WidgetContext.Provider value={widget}>
      <div class="widget" data-tone={scheme} data-held={isHeld} inert={isHeld} aria-busy={isLive || isHeld}>
        <NamedWidget root={root} host={host} />
      </div>
    </WidgetContext.Provider>
  )
}

/** A root whose `name` is a widget of the page's own is drawn by the page; what it holds is for chats that lack the name. */
function NamedWidget({ root, host }: { root: object; host: WidgetHost }) {
  const props = root as WidgetProps // untrusted: looked at as any node is
  const isOwn = lookUp(host.custom?.byName ?? {}, props.name) !== undefined
  return isOwn ? <CustomWidget name={String(props.name)} props={props} /> : <WidgetNode node={root} />
}
