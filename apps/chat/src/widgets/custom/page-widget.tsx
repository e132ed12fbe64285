import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { toAction } from '../actions/action.js'
import { clamp, type WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { focusBeside } from './focus-beside.js'
import { pagePlaces } from './page-places.js'

const MOST_HEIGHT = 4000

/** The place of a widget that the page draws over the frame: as high as the page says, and on the keyboard's way. */
export function PageWidget({ name, data }: { name: string; data: WidgetProps }) {
  const { custom, scheme, locale, isLive, run, reportError } = useWidget()
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(0)
  const latest = useRef({ run, reportError })
  latest.current = { run, reportError }
  const send = custom?.send
  const itemId = custom?.itemId

  useEffect(() => {
    if (!custom || !place.current) return
    return pagePlaces(custom).add(id, place.current, {
      resize: (pixels) => setHeight(clamp(pixels, 0, MOST_HEIGHT)),
      leave: (to) => place.current && focusBeside(place.current, to),
      async act(given) {
        const action = toAction(given)
        if (action) await latest.current.run(action)
      },
    })
  }, [custom?.send, id]) // the place is the same however often the widget around it changes

  useLayoutEffect(() => {
    if (!send || itemId === undefined) return
    const widget = { id, name, itemId, data, isStreaming: isLive, theme: scheme, locale }
    send({ type: 'show', widget }).catch((error) => latest.current.reportError(error))
  }, [send, itemId, id, name, data, isLive, scheme, locale])

  const enter = async ({ relatedTarget }: FocusEvent) => {
    const isBehind =
      relatedTarget instanceof Node &&
      (place.current?.compareDocumentPosition(relatedTarget) ?? 0) & Node.DOCUMENT_POSITION_FOLLOWING
    const from = isBehind ? 'end' : 'start'
    const entered = await send?.({ type: 'focus', id, from })
    if (entered !== true && place.current) focusBeside(place.current, from === 'start' ? 'end' : 'start')
  }

  return (
    <div ref={place} class="widget-page" style={{ height: `${height}px` }}>
      <button type="button" class="widget-page-door" aria-label={name} onFocus={enter} />
    </div>
  )
}
