import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A component whose code arrives when it is first drawn; until then it holds its place, empty. */
export function lazyComponent<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | null = null
  return function Lazy(props: Props) {
    const [, redraw] = useState(false)
    useEffect(() => {
      if (Loaded) return
      load().then((component) => {
        Loaded = component
        redraw(true)
      })
    }, [])
    return Loaded ? <Loaded {...props} /> : null
  }
}
