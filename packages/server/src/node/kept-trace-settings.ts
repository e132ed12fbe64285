import { z } from 'zod'
import { type PriceTable, readPrices } from '../models/prices.js'

/** What is kept of runs for the people of their workspace. */
export interface KeptTraceSettings {
  /** Days; 0: nothing is kept. */
  days: number
  /** Whether what people, models and tools write is kept as well. */
  keepsContent: boolean
}

const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional()

export const keptTraceVariables = {
  PARLEY_TRACE_DAYS: z.coerce
    .number('PARLEY_TRACE_DAYS must be a number of days, for example 30; 0 keeps no traces.')
    .int('PARLEY_TRACE_DAYS must be a whole number of days.')
    .min(0, 'PARLEY_TRACE_DAYS must be 0 (keep no traces) or more.')
    .max(3650, 'PARLEY_TRACE_DAYS must be 3650 (ten years) or less.')
    .default(30),
  PARLEY_TRACE_CONTENT: text.refine(
    (value) => !value || value === 'on' || value === 'off',
    'PARLEY_TRACE_CONTENT must be "on" (stored traces hold what is written) or "off".',
  ),
  PARLEY_PRICES: text.refine(
    (value) => !value || readPrices(value) !== undefined,
    'PARLEY_PRICES must be model=input/output or model=input/cached/output in dollars per million tokens, for example my-model=0.4/0.1/1.6',
  ),
}

export function readKeptTraceSettings(
  {
    PARLEY_TRACE_DAYS: days,
    PARLEY_TRACE_CONTENT: content,
  }: { PARLEY_TRACE_DAYS: number; PARLEY_TRACE_CONTENT?: string | undefined },
  environment: 'development' | 'production',
): KeptTraceSettings {
  return { days, keepsContent: content === undefined ? environment === 'development' : content === 'on' }
}

export const pricesOf = (value: string | undefined): PriceTable => readPrices(value ?? '') ?? {}
