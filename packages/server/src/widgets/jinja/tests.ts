import { Undefined, type Value } from './values.js'

/** Every test a template may ask with `is`. An undefined value may be asked too. */
export const TESTS: ReadonlyMap<string, (value: Value) => boolean> = new Map<string, (value: Value) => boolean>([
  ['none', (value) => value === null],
  ['defined', (value) => !(value instanceof Undefined)],
  ['undefined', (value) => value instanceof Undefined],
  ['string', (value) => typeof value === 'string'],
  ['number', (value) => typeof value === 'number'],
  ['boolean', (value) => typeof value === 'boolean'],
  ['mapping', (value) => value instanceof Map],
])
