import { useContext } from 'preact/hooks'
import { Children } from '../children.js'
import { paddingStyle, type Style } from '../values/box-style.js'
import { sizeOf } from '../values/length.js'
import { clamp, lookUp, numberOf, oneOf, type WidgetProps } from '../values/read.js'
import { HeaderRow } from './table-row.js'

const COLUMN_SIZES: Record<string, string> = { xs: '4rem', sm: '6rem', md: '9rem', lg: '13rem', xl: '18rem' }
const VERTICAL: Record<string, string> = { start: 'top', center: 'middle', end: 'bottom' }
const MOST_SPANNED = 100

/** A cell of a table; in a header row the head of its column. */
export function TableCell({ props }: { props: WidgetProps }) {
  const isHead = useContext(HeaderRow)
  const width = sizeOf(props.width) ?? lookUp(COLUMN_SIZES, props.colSize)
  const align = oneOf(props.align, ['start', 'center', 'end'])
  const vertical = lookUp(VERTICAL, props.vAlign)
  const style: Style = {
    ...paddingStyle(props.padding),
    ...(width && { width, 'min-width': width }),
    ...(align && { 'text-align': align, '--cell-align': align }),
    ...(vertical && { 'vertical-align': vertical }),
  }
  const span = { colSpan: spanOf(props.colSpan), rowSpan: spanOf(props.rowSpan) }
  return isHead ? (
    <th scope="col" style={style} {...span}>
      <Children of={props} />
    </th>
  ) : (
    <td style={style} {...span}>
      <Children of={props} />
    </td>
  )
}

function spanOf(value: unknown): number | undefined {
  const count = numberOf(value)
  return count === undefined ? undefined : clamp(Math.round(count), 1, MOST_SPANNED)
}
