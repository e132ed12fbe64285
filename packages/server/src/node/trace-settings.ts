import { z } from 'zod'

/** Where traces go, and how much of what happens. */
export interface TraceSettings {
  url: string
  headers: Record<string, string>
  /** What the collector is told about this server. */
  resource: Record<string, string>
  /** The part of all requests, 0–1. */
  share: number
  /** Whether what people and models write is told as well. */
  keepsContent: boolean
}

const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional()

const isPairs = (value: string | undefined) => !value || readPairs(value) !== undefined

/** OpenTelemetry's own names, and ours for what it has none. */
export const traceVariables = {
  PARLEY_TRACES: text.refine(
    (value) => !value || shareOf(value) !== undefined,
    'PARLEY_TRACES must be "on", "off" or the part of all requests that is traced, for example 0.1.',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: text.refine(
    (url) => !url || (URL.canParse(url) && /^https?:/.test(url)),
    'OTEL_EXPORTER_OTLP_ENDPOINT must be the full address of a collector, for example http://127.0.0.1:4318.',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: text.refine(
    isPairs,
    'OTEL_EXPORTER_OTLP_HEADERS must be pairs of name and value, for example x-api-key=secret,x-team=chat',
  ),
  OTEL_SERVICE_NAME: text,
  OTEL_RESOURCE_ATTRIBUTES: text.refine(
    isPairs,
    'OTEL_RESOURCE_ATTRIBUTES must be pairs of name and value, for example deployment.environment.name=production',
  ),
  OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: text.refine(
    (value) => !value || /^(true|false)$/i.test(value),
    'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT must be "true" (traces hold what is written) or "false".',
  ),
}

type TraceValues = { [Name in keyof typeof traceVariables]?: string | undefined }

/** `undefined`: no traces are collected. */
export function readTraceSettings(values: TraceValues): TraceSettings | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, PARLEY_TRACES: traces } = values
  const share = shareOf(traces ?? (endpoint ? 'on' : 'off')) ?? 0
  if (share === 0) return undefined
  return {
    url: `${(endpoint ?? 'http://localhost:4318').replace(/\/+$/, '')}/v1/traces`,
    headers: readPairs(values.OTEL_EXPORTER_OTLP_HEADERS) ?? {},
    resource: {
      'service.name': 'parley',
      ...readPairs(values.OTEL_RESOURCE_ATTRIBUTES),
      ...(values.OTEL_SERVICE_NAME && { 'service.name': values.OTEL_SERVICE_NAME }),
    },
    share,
    keepsContent: values.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT?.toLowerCase() === 'true',
  }
}

function shareOf(value: string): number | undefined {
  if (value === 'on') return 1
  if (value === 'off') return 0
  const share = Number(value)
  return share >= 0 && share <= 1 ? share : undefined
}

/** `a=1,b=2`, values percent-encoded. Source: OpenTelemetry's specification, "Environment Variables". */
function readPairs(value: string | undefined): Record<string, string> | undefined {
  const pairs: Record<string, string> = {}
  for (const pair of (value ?? '').split(',').filter((part) => part.trim() !== '')) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    if (at < 1 || !/^[\w.!#$%&'*+^`|~-]+$/.test(name)) return undefined
    try {
      pairs[name] = decodeURIComponent(pair.slice(at + 1).trim())
    } catch {
      return undefined // a percent sign that encodes nothing
    }
  }
  return pairs
}
