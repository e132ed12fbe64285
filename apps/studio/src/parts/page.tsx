import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from './icon.js'

interface PageProps {
  title: string
  /** One sentence: what is here. */
  about?: ReactNode
  /** The page above this one. */
  back?: { href: string; name: string }
  /** What to do here first. */
  action?: ReactNode
  children: ReactNode
}

/** A screen with its heading, which is read when somebody comes here. */
export function Page({ title, about, back, action, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Parley studio`
    heading.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [title])
  return (
    <>
      <header className="page-head">
        {back !== undefined && (
          <a className="back" href={back.href}>
            <Icon name="back" />
            {back.name}
          </a>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {action}
        {about && <p className="quiet">{about}</p>}
      </header>
      {children}
    </>
  )
}
