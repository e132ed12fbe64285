import { type ReactNode, useEffect, useRef } from 'react'

/** What somebody sees who is not signed in: one thing to do, in the middle of the page. */
export function Front({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Parley studio`
    heading.current?.focus()
  }, [title])
  return (
    <main className="front">
      <p className="front-name">Parley studio</p>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  )
}
