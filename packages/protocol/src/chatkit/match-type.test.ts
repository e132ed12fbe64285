import { describe, expect, expectTypeOf, it } from 'vitest'
import { matchType, type TypeTable } from './match-type.js'
import type { Source } from './sources.js'

const lines: TypeTable<Source, string> = {
  url: ({ url }) => url,
  file: ({ filename }) => filename,
  entity: ({ id }) => id,
}

describe('matchType', () => {
  it('calls the function of the type, with the value, and gives back its result', () => {
    expect(matchType<Source, string>({ type: 'url', title: 'E', url: 'https://e.com' }, lines)).toBe('https://e.com')
    expect(matchType<Source, string>({ type: 'file', title: 'F', filename: 'f.pdf' }, lines)).toBe('f.pdf')
  })

  it('asks for every type of the union', () => {
    const { entity: _, ...without } = lines
    expectTypeOf(without).not.toExtend<TypeTable<Source, string>>()
  })
})
