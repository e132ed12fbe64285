import { expect, it } from 'vitest'
import { parseEntity } from './entities.js'

it.each([
  ['&amp;', '&'],
  ['&nbsp;', '\u00a0'],
  ['&frac12;', '½'],
  ['&Prime;', '″'],
  ['&hellip;', '…'],
  ['&Auml;', 'Ä'],
  ['&omega;', 'ω'],
  ['&eacute;', 'é'],
  ['&Dcaron;', 'Ď'],
  ['&micro;', 'µ'],
  ['&#35;', '#'],
  ['&#X1F600;', '😀'],
  ['&#0;', '\ufffd'],
  ['&#xD800;', '\ufffd'],
])('decodes %s', (source, value) => expect(parseEntity(`${source}x`, 0)).toEqual({ value, end: source.length }))

it.each(['& ', '&x y;', '&MadeUp;', '&#;', '&#x;', '&#12345678;'])('leaves %s', (source) =>
  expect(parseEntity(source, 0)).toBeNull(),
)

it.each(['&', '&a', '&amp', '&#', '&#x', '&#12'])('waits for the rest of %s', (source) =>
  expect(parseEntity(source, 0)).toBe('more'),
)
