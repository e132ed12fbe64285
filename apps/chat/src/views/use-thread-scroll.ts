import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { SENT_ID_PREFIX } from '../store/reduce-event.js'
import { lastUserMessage } from '../store/selectors.js'
import { useChat, useSession } from './session-context.js'
import { showFound } from './show-found.js'

/** How near to the end still counts as reading the newest, whose growing is followed. */
const NEAR_PX = 80
/** How much of the end may be out of sight before the reader is offered a way there: less than a line. */
const HIDDEN_PX = 8

/**
 * Keeps the reader's place. A sent message goes to the top of the view and the answer grows below it; nothing moves by
 * itself after that, except with `thread.autoScroll`, which follows the end while the reader is near it.
 */
export function useThreadScroll(scroller: RefObject<HTMLDivElement | null>) {
  const session = useSession()
  const top = useRef<HTMLDivElement>(null)
  const bottom = useRef<HTMLDivElement>(null)
  const threadId = useChat((state) => state.threadId)
  const isLoading = useChat((state) => state.loading === 'thread')
  const userId = useChat((state) => lastUserMessage(state)?.id ?? null)
  const firstId = useChat((state) => state.itemIds[0])
  const hasOlder = useChat((state) => state.olderAfter !== null)
  const follows = useChat((state) => state.options.thread?.autoScroll === true)
  const [freshId, setFreshId] = useState<string | null>(null)
  const [showPill, setShowPill] = useState(false)
  const nearEnd = useRef(true)
  const isOpened = useRef(false)
  const userIdBefore = useRef<string | null>(null)
  const heightBefore = useRef(0)

  // A conversation opens at its end, or at the message it was searched for; a message sent in it goes to the top, however
  // fast its answer. Messages from elsewhere move nothing.
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const isSent = isSentId(userId) || isSentId(userIdBefore.current)
    userIdBefore.current = userId
    if (isLoading) {
      isOpened.current = false
    } else if (!isOpened.current) {
      isOpened.current = true
      setFreshId(null)
      const { found } = session.getState()
      if (!found || !showFound(element, found)) element.scrollTop = element.scrollHeight
    } else if (isSent) {
      setFreshId(follows ? null : userId)
      if (follows) element.scrollTop = element.scrollHeight
    }
  }, [scroller, session, threadId, isLoading, userId, follows])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const resized = new ResizeObserver(() => setHeight(element))
    resized.observe(element)
    setHeight(element)
    return () => resized.disconnect()
  }, [scroller])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || freshId === null) return
    const turn = element.querySelector('.turn-fresh')
    if (turn instanceof HTMLElement) element.scrollTop = turn.offsetTop - FRESH_MARGIN_PX
  }, [scroller, freshId])

  // Older messages appear above: what is being read stays where it is.
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    if (heightBefore.current > 0) element.scrollTop += element.scrollHeight - heightBefore.current
    heightBefore.current = 0
  }, [firstId])

  useEffect(() => {
    const element = scroller.current
    if (!element || !top.current || !hasOlder) return
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return
        heightBefore.current = element.scrollHeight
        session.loadOlderItems()
      },
      { root: element, rootMargin: '600px 0px 0px' },
    )
    seen.observe(top.current)
    return () => seen.disconnect()
    // A new first item asks again: the observer only tells of changes, and a short page may leave the top in view.
  }, [scroller, session, hasOlder, firstId])

  useEffect(() => {
    const element = scroller.current
    if (!element || !bottom.current) return
    const observers = [
      endWithin(element, NEAR_PX, (isNear) => {
        nearEnd.current = isNear
      }),
      endWithin(element, HIDDEN_PX, (isSeen) => setShowPill(!isSeen)),
    ]
    for (const observer of observers) observer.observe(bottom.current)
    return () => {
      for (const observer of observers) observer.disconnect()
    }
  }, [scroller])

  useEffect(() => {
    const element = scroller.current
    const content = element?.firstElementChild
    if (!element || !content || !follows) return
    const grown = new ResizeObserver(() => {
      if (nearEnd.current) element.scrollTop = element.scrollHeight
    })
    grown.observe(content)
    return () => grown.disconnect()
  }, [scroller, follows])

  const jumpToNewest = () => {
    const element = scroller.current
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    element?.scrollTo({ top: element.scrollHeight, behavior: calm ? 'instant' : 'smooth' })
  }

  return { top, bottom, freshId, showPill, jumpToNewest }
}

const isSentId = (id: string | null) => id?.startsWith(SENT_ID_PREFIX) === true

const FRESH_MARGIN_PX = 16

/** Tells whether what it observes is in view, or `px` below at the most. */
const endWithin = (root: HTMLElement, px: number, tell: (isWithin: boolean) => void) =>
  new IntersectionObserver(([entry]) => tell(entry?.isIntersecting === true), { root, rootMargin: `0px 0px ${px}px` })

/** Tells the style sheet how high the view is; a container query would ask for styles at every token. */
function setHeight(element: HTMLElement): void {
  element.style.setProperty('--thread-height', `${element.clientHeight}px`)
}
