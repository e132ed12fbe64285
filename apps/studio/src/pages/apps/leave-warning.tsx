import { useEffect, useState } from 'react'
import { Confirm } from '../../parts/confirm.js'

/** Asks before what was written is thrown away: the browser when the page is left, this one when a place of the studio is. */
export function LeaveWarning() {
  const [asked, setAsked] = useState<string>()
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    const look = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return // another tab leaves nothing
      event.preventDefault()
      setAsked(link.getAttribute('href') ?? undefined)
    }
    addEventListener('beforeunload', ask)
    document.addEventListener('click', look, true)
    return () => {
      removeEventListener('beforeunload', ask)
      document.removeEventListener('click', look, true)
    }
  }, [])
  if (asked === undefined) return null
  return (
    <Confirm
      title="Leave without saving?"
      verb="Leave"
      keep="Stay"
      act={async () => {
        location.hash = asked
      }}
      onClose={() => setAsked(undefined)}
    >
      What you changed here is lost.
    </Confirm>
  )
}
