import { describe, expect, it } from 'vitest'
import { ERRORS, ParleyError } from './error.js'

describe('ParleyError', () => {
  it('carries its code, a message for the caller, details, and the cause for the log', () => {
    const cause = new Error('disk full')

    const error = new ParleyError('internal', 'Could not save.', { cause, details: { retry_after: 3 } })

    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'ParleyError', code: 'internal', message: 'Could not save.', cause })
    expect(error.options.details).toEqual({ retry_after: 3 })
  })

  it('has no cause when none is given', () => {
    expect(new ParleyError('not_found', 'Nothing here.').cause).toBeUndefined()
  })
})

describe('ERRORS', () => {
  it('has a failing HTTP status for every code, and 404 for everything that was not found', () => {
    for (const [code, { status }] of Object.entries(ERRORS)) {
      expect(status, code).toBeGreaterThanOrEqual(400)
      expect(status === 404, code).toBe(code.endsWith('not_found'))
    }
  })

  it('calls retryable only what may succeed when simply sent again', () => {
    const retryable = Object.entries(ERRORS).filter(([, info]) => info.retryable)

    expect(retryable.map(([code]) => code)).toEqual([
      'thread_busy',
      'rate_limited',
      'internal',
      'model_failed',
      'remote_failed',
      'unavailable',
    ])
  })
})
