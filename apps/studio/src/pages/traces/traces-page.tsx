import type { AdminTrace } from '@parley/protocol/admin'
import { useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { toHash } from '../../api/route.js'
import { useList } from '../../api/use-list.js'
import { count, duration } from '../../parts/amounts.js'
import { Facts } from '../../parts/facts.js'
import { Field } from '../../parts/field.js'
import { Listing } from '../../parts/listing.js'
import { OpenRow } from '../../parts/open-row.js'
import { Page } from '../../parts/page.js'
import { SearchField } from '../../parts/search-field.js'
import { Time } from '../../parts/time.js'
import { Cost } from './cost.js'
import { RUN_STATUS, RunStatus } from './run-status.js'

const HOUR_MS = 3600 * 1000
const SINCE: { name: string; milliseconds: number | undefined }[] = [
  { name: 'Any time', milliseconds: undefined },
  { name: 'The last hour', milliseconds: HOUR_MS },
  { name: 'The last day', milliseconds: 24 * HOUR_MS },
  { name: 'The last week', milliseconds: 7 * 24 * HOUR_MS },
]

/** Every answer of the apps, and what it took. */
export function TracesPage() {
  const [app, setApp] = useState('')
  const [user, setUser] = useState('')
  const [thread, setThread] = useState('')
  const [status, setStatus] = useState<AdminTrace['status'] | ''>('')
  const [milliseconds, setMilliseconds] = useState<number>()
  const isFiltered = [app, user, thread, status].some(Boolean) || milliseconds !== undefined
  const list = useList(
    useCallback(
      (after?: string) =>
        admin.traces.list({
          limit: 50,
          after,
          ...(app && { app }),
          ...(user && { user }),
          ...(thread && { thread }),
          ...(status && { status }),
          ...(milliseconds !== undefined && { since: new Date(Date.now() - milliseconds).toISOString() }),
        }),
      [app, user, thread, status, milliseconds],
    ),
  )
  return (
    <Page title="Traces" about="Every answer of your apps: what it did, how long it took, what it cost.">
      <div className="filters">
        <Field name="status" label="Status">
          {(control) => (
            <select
              {...control}
              value={status}
              onChange={({ target }) => setStatus(target.value as typeof status)} // the options' own values
            >
              <option value="">All</option>
              {Object.entries(RUN_STATUS).map(([value, { name }]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="since" label="Time">
          {(control) => (
            <select
              {...control}
              value={milliseconds ?? ''}
              onChange={({ target }) => setMilliseconds(target.value === '' ? undefined : Number(target.value))}
            >
              {SINCE.map((one) => (
                <option key={one.name} value={one.milliseconds ?? ''}>
                  {one.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <SearchField label="App" onSearch={setApp} />
        <SearchField label="User" onSearch={setUser} />
        <SearchField label="Conversation" onSearch={setThread} />
      </div>
      <Listing
        list={list}
        empty={isFiltered ? 'No answer is like that.' : 'No app has answered yet. Try one, then come back.'}
      >
        {(trace) => <TraceRow key={trace.id} trace={trace} />}
      </Listing>
    </Page>
  )
}

function TraceRow({ trace: { id, app, user, status, created_at, summary } }: { trace: AdminTrace }) {
  return (
    <OpenRow title={app} href={toHash('traces', id)} tags={<RunStatus of={status} />}>
      <Facts
        of={{
          Began: <Time value={created_at} />,
          User: user,
          ...(summary && {
            Took: duration(summary.duration_ms),
            Tokens: count(summary.usage.input_tokens + summary.usage.output_tokens),
            Cost: <Cost {...summary} />,
            ...(summary.tool_calls > 0 && { 'Tool calls': count(summary.tool_calls) }),
          }),
        }}
      />
    </OpenRow>
  )
}
