import type { Log } from '../base/log.js'
import type { Observer } from '../base/observer.js'
import type { RouteGroup } from '../http/route.js'
import { lazyMetrics } from '../metrics/metrics.js'
import { metricsRoute } from '../metrics/routes.js'
import type { Settings } from '../node/settings.js'

/** Long enough for a first answer not to share the processor with it. */
const LOAD_AFTER_MS = 3_000

/** What counts, and the route that tells it; the observer is absent when nobody may ask. */
export function openMetrics(
  { metrics: access }: Settings,
  connections: () => number,
  log: Log,
): { observer?: Observer; route: RouteGroup['routes'][number] } {
  const metrics = lazyMetrics(async () =>
    (await import('../metrics/prometheus-metrics.js')).prometheusMetrics(connections),
  )
  const route = metricsRoute(metrics.loaded, access)
  if (!access.open && access.token === undefined) return { route }
  setTimeout(
    () => metrics.loaded().catch((cause: unknown) => log.error('Metrics cannot be counted.', { cause })),
    LOAD_AFTER_MS,
  ).unref()
  return { observer: metrics, route }
}
