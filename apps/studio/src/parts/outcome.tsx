import type { ReactNode } from 'react'
import type { Failure } from '../api/failure.js'
import { Notice } from './notice.js'

interface OutcomeProps<Value> {
  value?: Value | undefined
  failure?: Failure | undefined
  reload(): void
  children(value: Value): ReactNode
}

/** Something that was read from the server, or what is there instead: grey lines after a moment, or what went wrong. */
export function Outcome<Value>({ value, failure, reload, children }: OutcomeProps<Value>) {
  return (
    <>
      {failure && (
        <Notice tone="danger">
          <p>{failure.message}</p>
          <button className="button" type="button" onClick={reload}>
            Try again
          </button>
        </Notice>
      )}
      {value === undefined ? failure === undefined && <Skeleton /> : children(value)}
    </>
  )
}

function Skeleton() {
  return (
    <div className="skeleton" role="status">
      <span className="unseen">Loading…</span>
      <i />
      <i />
      <i />
    </div>
  )
}
