import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.js'

const tracesOf = (env: Record<string, string>) => readSettings(env).traces

describe('the settings of traces', () => {
  it.each([{}, { PARLEY_TRACES: 'off', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, { PARLEY_TRACES: '0' }])(
    'are off: %j',
    (env) => {
      expect(tracesOf(env as Record<string, string>)).toBeUndefined()
    },
  )

  it.each([
    ['http://collector:4318', 'http://collector:4318/v1/traces'],
    ['https://collect.example.com/team/', 'https://collect.example.com/team/v1/traces'],
  ])('are on with a collector: %s', (endpoint, url) => {
    expect(tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })).toEqual({
      url,
      headers: {},
      resource: { 'service.name': 'parley' },
      share: 1,
      keepsContent: false,
    })
  })

  it('are read as OpenTelemetry says', () => {
    expect(
      tracesOf({
        PARLEY_TRACES: '0.25',
        OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=a%20b, x-team=chat',
        OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=production',
        OTEL_SERVICE_NAME: 'chat',
        OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'TRUE',
      }),
    ).toEqual({
      url: 'http://localhost:4318/v1/traces',
      headers: { 'x-api-key': 'a b', 'x-team': 'chat' },
      resource: { 'service.name': 'chat', 'deployment.environment.name': 'production' },
      share: 0.25,
      keepsContent: true,
    })
  })
})
