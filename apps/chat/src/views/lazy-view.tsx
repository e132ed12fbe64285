import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A view whose code arrives when it is first drawn; until then `Waiting` stands in its place, or nothing. */
export function lazyView<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting?: ComponentType<Props>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null
  return function LazyView(props: Props) {
    const [, redraw] = useState(() => loaded)
    useEffect(() => {
      if (loaded) return
      let current = true
      load().then(
        (view) => {
          loaded = view
          if (current) redraw(() => view)
        },
        () => undefined, // without a connection: the next time it is drawn it is asked for again
      )
      return () => {
        current = false
      }
    }, [])
    const View = loaded ?? Waiting
    return View ? <View {...props} /> : null
  }
}
