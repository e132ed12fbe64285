import type { AdminServer } from '@parley/protocol/admin'
import { useCallback, useEffect } from 'react'
import { admin } from '../api/admin.js'
import { useLoad } from '../api/use-load.js'
import { Facts } from '../parts/facts.js'
import { Outcome } from '../parts/outcome.js'
import { Page } from '../parts/page.js'
import { Time } from '../parts/time.js'

/** How often the figures are read again. */
const EVERY_MS = 5000

const whole = new Intl.NumberFormat('en')

/** What the server has done since it started. */
export function ServerPage() {
  const server = useLoad(useCallback(() => admin.server.get(), []))
  const { reload } = server
  useEffect(() => {
    const timer = setInterval(reload, EVERY_MS)
    return () => clearInterval(timer)
  }, [reload])
  return (
    <Page title="Server" about="What this server has done since it started.">
      <Outcome {...server}>{(figures) => <Facts of={factsOf(figures)} />}</Outcome>
    </Page>
  )
}

function factsOf({ since, request_count, error_count, avg_response_time, ...rest }: AdminServer) {
  const { input, output } = rest.tokens_used
  return {
    Requests: whole.format(request_count),
    Errors: whole.format(error_count),
    'Mean time to an answer': `${Math.round(avg_response_time * 1000)} ms`,
    'Open connections': whole.format(rest.active_connections),
    'Tokens read': whole.format(input),
    'Tokens written': whole.format(output),
    Since: <Time value={since} />,
  }
}
