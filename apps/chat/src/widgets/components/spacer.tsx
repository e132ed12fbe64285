import { sizeOf } from '../values/length.js'
import type { WidgetProps } from '../values/read.js'

/** Takes the room that is left between its neighbours. */
export function Spacer({ props: { minSize } }: { props: WidgetProps }) {
  const least = sizeOf(minSize)
  return <span class="widget-spacer" style={least ? { 'min-width': least, 'min-height': least } : {}} />
}
