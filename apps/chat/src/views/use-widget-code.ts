import { useEffect, useState } from 'preact/hooks'

type WidgetCode = typeof import('../widgets/widget-root.js')

let loaded: WidgetCode | null = null

/** What draws widgets; it arrives, with its styles, when the first widget is on screen. `null` until then. */
export function useWidgetCode(): WidgetCode | null {
  const [code, setCode] = useState(loaded)
  useEffect(() => {
    if (code) return
    import('../widgets/widget-root.js').then((module) => {
      loaded = module
      setCode(module)
    })
  }, [code])
  return code
}
