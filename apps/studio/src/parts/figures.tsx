import type { ReactNode } from 'react'

/** One number, large, with what it is below; and what else there is to say of it. */
export interface Figure {
  name: string
  value: ReactNode
  more?: ReactNode
}

/** Numbers beside each other, each in a place of its own. */
export function Figures({ of }: { of: Figure[] }) {
  return (
    <dl className="figures">
      {of.map(({ name, value, more }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="figure">{value}</dd>
          {more !== undefined && <dd className="figure-more">{more}</dd>}
        </div>
      ))}
    </dl>
  )
}
