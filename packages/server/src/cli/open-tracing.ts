import type { ParleyOptions } from '../app/parley.js'
import type { Log } from '../base/log.js'
import type { Tracer } from '../base/trace.js'
import type { Settings } from '../node/settings.js'

/** What collects traces; `undefined` where nobody asked for them. */
export async function openTracing({ traces }: Settings, log: Log): Promise<Tracer | undefined> {
  if (!traces) return undefined
  const [{ createTracer }, { otlpExporter }] = await Promise.all([
    import('../tracing/tracer.js'),
    import('../tracing/otlp-exporter.js'),
  ])
  const { share, keepsContent, ...collector } = traces
  return createTracer({ exporter: otlpExporter({ ...collector, log }), share, keepsContent })
}

/** What keeps what runs do; `undefined` where nothing of it is to be kept. */
export async function openKeptTraces({ keptTraces }: Settings): Promise<ParleyOptions['traces']> {
  const { days, keepsContent } = keptTraces
  if (days === 0) return undefined
  const { runRecorder } = await import('../tracing/record-runs.js')
  return { recorder: runRecorder({ keepsContent }), days }
}
