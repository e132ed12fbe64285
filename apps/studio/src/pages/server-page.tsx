import type { AdminServer } from '@parley/protocol/admin'
import { useCallback, useEffect } from 'react'
import { admin } from '../api/admin.js'
import { useLoad } from '../api/use-load.js'
import { count, duration } from '../parts/amounts.js'
import { type Figure, Figures } from '../parts/figures.js'
import { Outcome } from '../parts/outcome.js'
import { Page } from '../parts/page.js'
import { Time } from '../parts/time.js'

/** How often the figures are read again. */
const EVERY_MS = 5000

/** What the server has done since it started. */
export function ServerPage() {
  const server = useLoad(useCallback(() => admin.server.get(), []))
  const { reload } = server
  useEffect(() => {
    const timer = setInterval(reload, EVERY_MS)
    return () => clearInterval(timer)
  }, [reload])
  return (
    <Page title="Server" about="What this server has done since it started, for everybody.">
      <Outcome {...server}>
        {(figures) => (
          <>
            <Figures of={figuresOf(figures)} />
            <p className="quiet">
              Counted since <Time value={figures.since} />.
            </p>
          </>
        )}
      </Outcome>
    </Page>
  )
}

function figuresOf({ request_count, error_count, avg_response_time, active_connections, tokens_used }: AdminServer) {
  const share = request_count > 0 ? (error_count / request_count) * 100 : 0
  const figures: Figure[] = [
    { name: 'Requests', value: count(request_count) },
    { name: 'Errors', value: count(error_count), more: `${share.toFixed(share > 0 && share < 1 ? 2 : 0)} % of them` },
    { name: 'Mean time to an answer', value: duration(avg_response_time * 1000) },
    { name: 'Open connections', value: count(active_connections), more: 'now' },
    { name: 'Tokens read', value: count(tokens_used.input), more: 'by models' },
    { name: 'Tokens written', value: count(tokens_used.output), more: 'by models' },
  ]
  return figures
}
