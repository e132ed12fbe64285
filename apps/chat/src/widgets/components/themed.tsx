import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { applyTheme } from '../../theme/apply-theme.js'
import type { Scheme } from '../values/color.js'
import { oneOf } from '../values/read.js'
import { useWidget, WidgetContext } from '../widget-context.js'

/** Draws in the scheme a root asks for, with the chat's own theme otherwise. */
export function Themed({ theme, children }: { theme: unknown; children: ComponentChildren }) {
  const widget = useWidget()
  const scheme = oneOf(theme, ['light', 'dark'])
  return scheme && scheme !== widget.scheme ? <OtherScheme scheme={scheme}>{children}</OtherScheme> : children
}

function OtherScheme({ scheme, children }: { scheme: Scheme; children: ComponentChildren }) {
  const widget = useWidget()
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const theme = typeof widget.theme === 'string' ? {} : widget.theme
    if (element.current) applyTheme(element.current, { ...theme, colorScheme: scheme })
  }, [widget.theme, scheme])
  const inside = useMemo(() => ({ ...widget, scheme }), [widget, scheme])
  return (
    <WidgetContext.Provider value={inside}>
      <div ref={element} class="widget-tone" data-tone={scheme}>
        {children}
      </div>
    </WidgetContext.Provider>
  )
}
