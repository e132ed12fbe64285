import { useEffect, useState } from 'preact/hooks'
import { type Place, readAddress, writeAddress } from './address.js'
import type { Look } from './look.js'

const darkness = matchMedia('(prefers-color-scheme: dark)')
const readPlace = () => readAddress(location, darkness.matches ? 'dark' : 'light')

/** The place the address names, kept in step with it: links, bookmarks and the back button all work. */
export function useAddress() {
  const [place, setPlace] = useState<Place>(readPlace)
  useEffect(() => {
    const follow = () => setPlace(readPlace())
    addEventListener('popstate', follow)
    addEventListener('hashchange', follow)
    follow() // it may have changed between the first drawing and now
    return () => {
      removeEventListener('popstate', follow)
      removeEventListener('hashchange', follow)
    }
  }, [])

  return {
    place,
    hrefOf: (id: string) => writeAddress({ ...place, id }),
    choose(id: string) {
      history.pushState(null, '', writeAddress({ ...place, id }))
      setPlace({ ...place, id })
    },
    changeLook(change: Partial<Look>) {
      const changed = { ...place, look: { ...place.look, ...change } }
      history.replaceState(null, '', writeAddress(changed))
      setPlace(changed)
    },
  }
}
