import type { AdminTraceDetail } from '@parley/protocol/admin'
import { useCallback } from 'react'
import { admin } from '../../api/admin.js'
import { toHash } from '../../api/route.js'
import { useLoad } from '../../api/use-load.js'
import { count, duration } from '../../parts/amounts.js'
import { Empty } from '../../parts/empty.js'
import { Facts } from '../../parts/facts.js'
import { type Figure, Figures } from '../../parts/figures.js'
import { Notice } from '../../parts/notice.js'
import { Outcome } from '../../parts/outcome.js'
import { Page } from '../../parts/page.js'
import { Time } from '../../parts/time.js'
import { Cost, whyUnknown } from './cost.js'
import { RunStatus } from './run-status.js'
import { TraceTree } from './trace-tree.js'

/** One answer: what it took, and what it did as a tree on a time line. */
export function TracePage({ id }: { id: string }) {
  const loaded = useLoad(useCallback(() => admin.traces.get(id), [id]))
  return (
    <Page title="Trace" back={{ href: toHash('traces'), name: 'Traces' }}>
      <Outcome {...loaded}>{(trace) => <TraceFacts trace={trace} />}</Outcome>
    </Page>
  )
}

function TraceFacts({ trace }: { trace: AdminTraceDetail }) {
  const { app, user, thread, status, error, created_at, summary, spans } = trace
  return (
    <div className="stack">
      <Facts
        of={{
          App: app,
          Status: <RunStatus of={status} />,
          Began: <Time value={created_at} />,
          User: user,
          Conversation: <code>{thread}</code>,
        }}
      />
      {error !== null && (
        <Notice tone="danger">
          It failed: <code>{error}</code>. The part that failed is marked below.
        </Notice>
      )}
      {summary && <Figures of={figuresOf(summary)} />}
      {spans.length === 0 ? (
        <Empty>
          {status === 'running'
            ? 'It is still being written.'
            : 'What it did is not kept: it is too old, or was cut off.'}
        </Empty>
      ) : (
        <TraceTree spans={spans} />
      )}
      {summary !== null && summary.spans_left_out > 0 && (
        <p className="quiet">{count(summary.spans_left_out)} more parts are left out.</p>
      )}
    </div>
  )
}

function figuresOf(summary: NonNullable<AdminTraceDetail['summary']>) {
  const { duration_ms, first_text_ms, usage, model_calls, tool_calls } = summary
  const why = whyUnknown(summary)
  const figures: Figure[] = [
    {
      name: 'Took',
      value: duration(duration_ms),
      ...(first_text_ms !== undefined && { more: `first words after ${duration(first_text_ms)}` }),
    },
    { name: 'Tokens read', value: count(usage.input_tokens), more: `${count(usage.cached_tokens)} of them cached` },
    {
      name: 'Tokens written',
      value: count(usage.output_tokens),
      more: `${count(usage.reasoning_tokens)} of them reasoning`,
    },
    {
      name: 'Cost',
      value: why === undefined ? <Cost {...summary} /> : '—',
      more: why,
    },
    { name: 'Model calls', value: count(model_calls) },
    { name: 'Tool calls', value: count(tool_calls) },
  ]
  return figures
}
