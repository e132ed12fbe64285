import { createContext } from 'preact'
import { Children } from '../children.js'
import type { WidgetProps } from '../values/read.js'

/** Whether the row around heads its columns. */
export const HeaderRow = createContext(false)

/** A row of a table. */
export function TableRow({ props }: { props: WidgetProps }) {
  return (
    <HeaderRow.Provider value={props.header === true}>
      <tr>
        <Children of={props} />
      </tr>
    </HeaderRow.Provider>
  )
}
