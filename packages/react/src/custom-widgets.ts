import type { ChatKitOptions, CustomWidgetContext, CustomWidgetFunction } from '@parley/element'
import { createElement, type ReactNode, useMemo, useReducer, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useLayoutEffectInBrowser } from './layout-effect.js'

interface DrawnWidget {
  draw: CustomWidgetFunction
  data: Record<string, unknown>
  context: CustomWidgetContext
}

/**
 * Options whose custom widgets the element can draw, and what they are drawn as: portals of this component, so that they
 * see its contexts and are drawn again whenever it is.
 */
export function useCustomWidgets(options: ChatKitOptions): { options: ChatKitOptions; portals: ReactNode[] } {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const drawn = useRef(new Map<HTMLElement, DrawnWidget>()).current

  const adapted = useMemo(() => {
    if (!options.customWidgets) return options
    const entries = Object.entries(options.customWidgets).map(([name, widget]) => {
      if (typeof widget !== 'function') return [name, widget]
      const show: CustomWidgetFunction = (data, context) => {
        if (!drawn.has(context.box)) {
          const hide = () => {
            drawn.delete(context.box)
            redraw()
          }
          context.signal.addEventListener('abort', hide)
        }
        drawn.set(context.box, { draw: widget, data, context })
        redraw()
      }
      return [name, show]
    })
    return { ...options, customWidgets: Object.fromEntries(entries) }
  }, [options, drawn])

  const turn = {} // another one each time, so that what is drawn follows the component around it
  const portals = [...drawn].map(([box, widget]) => createPortal(createElement(Widget, { ...widget, turn }), box))
  return { options: adapted, portals }
}

/** Drawn twice where needed: functions of the options become the newest only when the page has been drawn with them. */
function Widget({ draw, data, context, turn }: DrawnWidget & { turn: object }): ReactNode {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useLayoutEffectInBrowser(redraw, [turn])
  return draw(data, context) as ReactNode // a widget of a React page is drawn by React
}
