import type { ReactNode } from 'react'
import { Icon } from './icon.js'

type OpenRowProps = {
  title: string
  /** What stands beside the title. */
  tags?: ReactNode
  /** What else is known of it. */
  children?: ReactNode
} & ({ href: string } | { onOpen(): void })

/** A row that opens what it stands for, wherever it is touched: a page, or a dialog. */
export function OpenRow({ title, tags, children, ...to }: OpenRowProps) {
  const head = (
    <>
      <span className="row-title">{title}</span>
      {tags}
    </>
  )
  return (
    <li className="row opens">
      {'href' in to ? (
        <a className="row-link" href={to.href}>
          {head}
        </a>
      ) : (
        <button className="row-link" type="button" aria-haspopup="dialog" onClick={to.onOpen}>
          {head}
        </button>
      )}
      {children}
      <Icon name="next" />
    </li>
  )
}
