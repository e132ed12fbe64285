import { describe, expect, it } from 'vitest'
import { addUsage } from './run-usage.js'

const tokens = { input_tokens: 3, output_tokens: 2, total_tokens: 5, requests: 1 }

describe('what the attempts of a run took together', () => {
  it('is the sum of their tokens and costs', () => {
    expect(addUsage({ ...tokens, cost_usd: 0.5 }, { ...tokens, cost_usd: 0.25 })).toEqual({
      input_tokens: 6,
      output_tokens: 4,
      total_tokens: 10,
      requests: 2,
      cost_usd: 0.75,
    })
    expect(addUsage(undefined, { ...tokens, cost_usd: 0 })).toMatchObject({ cost_usd: 0 })
  })

  it('has no cost where that of one attempt is unknown', () => {
    expect(addUsage(tokens, { ...tokens, cost_usd: 0.25 })).not.toHaveProperty('cost_usd')
    expect(addUsage({ ...tokens, cost_usd: 0.25 }, tokens)).not.toHaveProperty('cost_usd')
  })
})
