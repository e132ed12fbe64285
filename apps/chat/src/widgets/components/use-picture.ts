import { useEffect, useState } from 'preact/hooks'
import { useWidget } from '../widget-context.js'

/** A picture's address as the browser may load it; `loading` until it is there, `null` when it is not to be had. */
export function usePicture(src: string | undefined): string | 'loading' | null {
  const { markdown } = useWidget()
  const [loaded, setLoaded] = useState<{ src: string; picture: string | null } | null>(null)
  const isOwn = src !== undefined && comesWithTheAnswer(src)
  const load = src !== undefined && !isOwn && markdown.allowImage?.(src) ? markdown.loadImage : undefined

  useEffect(() => {
    if (!load || src === undefined) return
    let isWanted = true
    const settle = (picture: string | null) => isWanted && setLoaded({ src, picture })
    load(src).then(settle, () => settle(null))
    return () => {
      isWanted = false
    }
  }, [load, src])

  if (isOwn) return src
  if (!load) return null
  return loaded !== null && loaded.src === src ? loaded.picture : 'loading'
}

/** Whether it is in the answer itself or lies on our own server. */
function comesWithTheAnswer(url: string): boolean {
  if (/^(data:image\/|blob:)/i.test(url)) return true
  if (!URL.canParse(url, location.href)) return false
  const { origin, protocol } = new URL(url, location.href)
  return /^https?:$/.test(protocol) && origin === location.origin
}
