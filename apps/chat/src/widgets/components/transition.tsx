import { Children, childNodes, keyOf } from '../children.js'
import type { WidgetProps } from '../values/read.js'

/** Lets its one child come in softly whenever it is another one. */
export function Transition({ props }: { props: WidgetProps }) {
  const [child] = childNodes(props)
  if (!child) return null
  return (
    <div key={keyOf(child, 0)} class="widget-transition">
      <Children of={[child]} />
    </div>
  )
}
