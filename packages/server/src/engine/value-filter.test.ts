import { expect, it } from 'vitest'
import { fitsFilter } from './value-filter.js'

const value = { colour: 'red', size: 3, deep: { on: true }, list: [1, 2] }

it.each([
  [{}, true],
  [{ colour: 'red', size: 3 }, true],
  [{ colour: 'blue' }, false],
  [{ deep: { on: true } }, true],
  [{ deep: { on: { $ne: true } } }, false],
  [{ list: [1, 2] }, true],
  [{ size: { $gt: 2, $lt: 4 } }, true],
  [{ size: { $gt: 3 } }, false],
  [{ size: { $gte: 3, $lte: 3 } }, true],
  [{ size: { $lt: 3 } }, false],
  [{ colour: { $eq: 'red' } }, true],
  [{ colour: { $gte: 'pink' } }, true],
  [{ colour: { $lt: 5 } }, false],
  [{ nothing: { $lte: 5 } }, false],
  [{ nothing: { $ne: 5 } }, true],
])('reads %j', (filter, fits) => {
  expect(fitsFilter(value, filter)).toBe(fits)
})

it('names the operators there are where one is wrong', () => {
  expect(() => fitsFilter(value, { size: { $near: 2 } })).toThrow(
    'filter: "$near" is not an operator. Send one of $eq, $ne, $gt, $gte, $lt, $lte.',
  )
})
