import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cloneJson, sameJson } from './json.js'

describe('cloneJson', () => {
  it('knows no -0, as JSON', () => {
    expect(cloneJson([-0])).toEqual([0])
  })

  it('copies what JSON would carry', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(cloneJson(value)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('shares nothing with the original', () => {
    const original = { list: [{ text: 'a' }] }
    const copy = cloneJson(original)

    original.list[0]!.text = 'b'
    original.list.push({ text: 'c' })

    expect(copy).toEqual({ list: [{ text: 'a' }] })
  })

  it('leaves out what JSON leaves out, and writes dates as JSON does', () => {
    const value = { at: new Date(0), missing: undefined, run: () => 1, list: [undefined] }

    expect(cloneJson<unknown>(value)).toEqual({ at: '1970-01-01T00:00:00.000Z', list: [null] })
  })

  it('takes `__proto__` for a name', () => {
    const copy = cloneJson(JSON.parse('{"__proto__":{"admin":true}}'))

    expect(JSON.stringify(copy)).toBe('{"__proto__":{"admin":true}}')
    expect(copy.admin).toBeUndefined()
  })
})

describe('sameJson', () => {
  it('says of any two values what their JSON says', () => {
    const canonical = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (one, other) => {
        expect(sameJson(one, cloneJson(one))).toBe(true)
        expect(sameJson(canonical(one), canonical(other))).toBe(
          JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)),
        )
      }),
    )
  })

  it('takes a field that is undefined for one that is missing', () => {
    expect(sameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true)
    expect(sameJson({ a: 1 }, { a: 1, b: undefined })).toBe(true)
    expect(sameJson({ a: 1 }, { a: 1, b: null })).toBe(false)
  })

  it('tells an array from an object', () => {
    expect(sameJson([], {})).toBe(false)
  })
})

/** The same value with the keys of its objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return { entries: entries.map(([key, entry]) => [key, sorted(entry)]) }
}
