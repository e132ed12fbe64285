import type { AdminTraceDetail } from '@parley/protocol/admin'
import { count, duration } from '../../parts/amounts.js'
import { CodeBlock } from '../../parts/code-block.js'
import { Facts } from '../../parts/facts.js'
import { Icon } from '../../parts/icon.js'
import { Cost } from './cost.js'

type Span = AdminTraceDetail['spans'][number]

const TYPES: Record<Span['type'], string> = {
  run: 'Run',
  agent: 'Agent',
  model_call: 'Model',
  tool_call: 'Tool',
  handoff: 'Handoff',
  guardrail: 'Guardrail',
  knowledge_search: 'Search',
  step: 'Step',
}

interface Placed {
  span: Span
  depth: number
  /** Where its bar begins, on a line without the times it waited for a person. */
  start: number
}

/** The parts of a run in their order, each with a bar where it was on the time line; opened, each says more. */
export function TraceTree({ spans }: { spans: Span[] }) {
  const placed = place(spans)
  const total = Math.max(1, ...placed.map(({ span, start }) => start + span.duration_ms))
  return (
    <ol className="trace" aria-label="What it did">
      {placed.map((one) => (
        <TracePart key={one.span.id} {...one} total={total} />
      ))}
    </ol>
  )
}

function TracePart({ span, depth, start, total }: Placed & { total: number }) {
  const { type, name, status, duration_ms, error } = span
  return (
    <li>
      <details className={`span ${type}`}>
        <summary>
          <span className="part-name" data-depth={Math.min(depth, 8)}>
            <Icon name="next" />
            <span className="part-type">{TYPES[type]}</span>
            <span className="part-title">{name}</span>
            {status !== 'completed' && (
              <span className={`tag ${status === 'failed' ? 'danger' : ''}`}>{error ?? 'stopped'}</span>
            )}
          </span>
          <Bar from={start / total} share={duration_ms / total} isFailed={status === 'failed'} />
          <span className="part-time">{duration(duration_ms)}</span>
        </summary>
        <PartFacts span={span} />
      </details>
    </li>
  )
}

/** At least a hair wide, so that nothing is invisible. */
const THINNEST = 0.4

function Bar({ from, share, isFailed }: { from: number; share: number; isFailed: boolean }) {
  const width = Math.max(THINNEST, share * 100)
  return (
    <svg
      className={`bar ${isFailed ? 'failed' : ''}`}
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className="line" x="0" y="3.75" width="100" height="0.5" />
      <rect x={Math.min(from * 100, 100 - width)} y="0" width={width} height="8" />
    </svg>
  )
}

function PartFacts({ span }: { span: Span }) {
  const { usage, cost, first_token_ms, start_ms, input, output, attributes = {} } = span
  return (
    <div className="part-more stack">
      <Facts
        of={{
          Began: `after ${duration(start_ms)}`,
          ...(first_token_ms !== undefined && { 'First words after': duration(first_token_ms) }),
          ...(usage && {
            'Tokens read': `${count(usage.input_tokens)} (${count(usage.cached_tokens)} cached)`,
            'Tokens written': `${count(usage.output_tokens)} (${count(usage.reasoning_tokens)} reasoning)`,
          }),
          ...(cost !== undefined && { Cost: <Cost cost={cost} usage={usage} /> }),
          ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)])),
        }}
      />
      {input !== undefined && <h3 className="part-heading">Input</h3>}
      {input !== undefined && <CodeBlock name="Input" code={readable(input)} />}
      {output !== undefined && <h3 className="part-heading">Output</h3>}
      {output !== undefined && <CodeBlock name="Output" code={readable(output)} />}
    </div>
  )
}

/** JSON over several lines; what was cut, or is no JSON, as it is. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** Parts below what they are a part of. Between two attempts a run may wait for days: the second begins where the first ended. */
function place(spans: Span[]): Placed[] {
  const children = new Map<number | null, Span[]>()
  for (const span of spans) children.set(span.parent, [...(children.get(span.parent) ?? []), span])
  const placed: Placed[] = []
  const add = (span: Span, depth: number, shift: number) => {
    placed.push({ span, depth, start: span.start_ms - shift })
    for (const child of children.get(span.id) ?? []) add(child, depth + 1, shift)
  }
  let end = 0
  for (const root of children.get(null) ?? []) {
    add(root, 0, root.start_ms - end)
    end += root.duration_ms
  }
  return placed
}
