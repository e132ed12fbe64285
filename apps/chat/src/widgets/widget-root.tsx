/** The widgets' entry: loaded, with its styles, when the first widget is on screen. */
import '../styles/widgets.css'
import { useId, useMemo, useState } from 'preact/hooks'
import { labelledNames } from './forms/labelled-names.js'
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
    return { ...host, id, labelled, scheme, hold }
  }, [host, id, labelled, scheme])
  const isHeld = holds > 0
  return (
    <WidgetContext.Provider value={widget}>
      <div class="widget" data-tone={scheme} data-held={isHeld} inert={isHeld} aria-busy={isLive || isHeld}>
        <WidgetNode node={root} />
      </div>
    </WidgetContext.Provider>
  )
}
