import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Children, childNodes } from '../children.js'
import { numberOf, type WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { Status } from './status.js'
import { Themed } from './themed.js'

/** Rows a list that may choose shows first. */
const AUTO_LIMIT = 6

/** Rows of one kind; behind the limit they wait until they are asked for. */
export function ListView({ props }: { props: WidgetProps }) {
  const { text } = useWidget()
  const [showsAll, setShowsAll] = useState(false)
  const rows = childNodes(props)
  const limit = props.limit === 'auto' ? AUTO_LIMIT : Math.max(1, numberOf(props.limit) ?? rows.length)
  const list = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    // The button that had the focus is gone: it goes on at the first row that came.
    if (showsAll) list.current?.querySelectorAll('.widget-list-item')[limit]?.querySelector('button')?.focus()
  }, [showsAll, limit])
  const isCut = !showsAll && rows.length > limit
  return (
    <Themed theme={props.theme}>
      <section ref={list} class="widget-card widget-list">
        <Status of={props.status} />
        <Children of={isCut ? rows.slice(0, limit) : rows} />
        {isCut && (
          <button type="button" class="widget-more" onClick={() => setShowsAll(true)}>
            {text.more}
          </button>
        )}
      </section>
    </Themed>
  )
}
