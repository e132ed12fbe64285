import { lazyComponent } from '../lazy-component.js'
import { blockStyle, flexOf, type Style } from '../values/box-style.js'
import type { WidgetProps } from '../values/read.js'

const ChartView = lazyComponent(async () => (await import('../chart/chart-view.js')).ChartView)

/** A chart of bars, areas and lines. What draws it arrives with the first chart; its place is kept from the start. */
export function Chart({ props }: { props: WidgetProps }) {
  const flex = flexOf(props.flex)
  const style: Style = { ...blockStyle(props), ...(flex && { flex }) }
  return (
    <div
      class={style.height || style['aspect-ratio'] ? 'widget-chart' : 'widget-chart widget-chart-auto'}
      style={style}
    >
      <ChartView props={props} />
    </div>
  )
}
