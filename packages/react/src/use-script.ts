import { useEffect, useRef } from 'react'
import { useLayoutEffectInBrowser } from './layout-effect.js'
import { loadChatKit } from './load-chatkit.js'

/** Loads the chat's script when `src` names it; a page that brings the script itself leaves it out. */
export function useScript(src: string | undefined, onFailure: (error: Error) => void): void {
  const newest = useRef(onFailure)
  useLayoutEffectInBrowser(() => {
    newest.current = onFailure
  })
  useEffect(() => {
    if (src === undefined) return
    let isWanted = true
    loadChatKit(src).catch((error) => {
      if (isWanted) newest.current(error)
    })
    return () => {
      isWanted = false
    }
  }, [src])
}
