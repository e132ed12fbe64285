import { Children } from '../children.js'
import type { WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'

/** Rows and columns; too wide a table scrolls inside itself. */
export function Table({ props }: { props: WidgetProps }) {
  const { text } = useWidget()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section class="widget-table-scroll" tabIndex={0} aria-label={text.table}>
      <table class="widget-table">
        <tbody>
          <Children of={props} />
        </tbody>
      </table>
    </section>
  )
}
