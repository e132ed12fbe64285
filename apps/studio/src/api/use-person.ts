import { ClientError } from '@parley/client'
import type { AdminPerson } from '@parley/protocol/admin'
import { useCallback, useEffect, useState } from 'react'
import { admin, onSignedOut } from './admin.js'
import { type Failure, toFailure } from './failure.js'

export type Visitor =
  | { kind: 'unknown' }
  | { kind: 'failed'; failure: Failure }
  /** `hasEnded`: they were signed in a moment ago. */
  | { kind: 'stranger'; hasEnded: boolean }
  | { kind: 'person'; person: AdminPerson }

/** Who sits at the browser: what the server says, and from then on what happens here. */
export function useVisitor() {
  const [visitor, setVisitor] = useState<Visitor>({ kind: 'unknown' })
  const find = useCallback(() => {
    setVisitor({ kind: 'unknown' })
    admin.login.current().then(
      (person) => setVisitor({ kind: 'person', person }),
      (thrown: unknown) => {
        const isStranger = thrown instanceof ClientError && thrown.status === 401
        setVisitor(isStranger ? { kind: 'stranger', hasEnded: false } : { kind: 'failed', failure: toFailure(thrown) })
      },
    )
  }, [])

  useEffect(find, [find])
  useEffect(
    () =>
      onSignedOut(() =>
        setVisitor((before) => (before.kind === 'person' ? { kind: 'stranger', hasEnded: true } : before)),
      ),
    [],
  )
  return {
    visitor,
    find,
    welcome: useCallback((person: AdminPerson) => setVisitor({ kind: 'person', person }), []),
    leave: useCallback(() => setVisitor({ kind: 'stranger', hasEnded: false }), []),
  }
}
