import { describe, expect, it } from 'vitest'
import { equalButFunctions, forwardFunctions } from './stable-options.js'

describe('equalButFunctions', () => {
  it.each([
    ['the same data', { a: [1, { b: null }] }, { a: [1, { b: null }] }],
    ['other functions', { onClick: () => 1 }, { onClick: () => 2 }],
  ])('finds %s equal', (_, a, b) => expect(equalButFunctions(a, b)).toBe(true))

  it.each([
    ['another value', { a: 1 }, { a: 2 }],
    ['a member more', { a: 1 }, { a: 1, b: undefined }],
    ['another name', { a: undefined }, { b: undefined }],
    ['a longer list', [1], [1, 2]],
    ['a list for an object', {}, []],
    ['a function for a value', { a: () => 1 }, { a: 1 }],
    ['two dates', { at: new Date(0) }, { at: new Date(0) }],
  ])('tells %s', (_, a, b) => expect(equalButFunctions(a, b)).toBe(false))
})

describe('forwardFunctions', () => {
  it('calls what stands in the same place later, with its own owner', () => {
    const tool = (name: string) => ({
      name,
      run(this: { name: string }, word: string) {
        return `${this.name} ${word}`
      },
    })
    let newest = { tools: [tool('old')] }
    const shaped = forwardFunctions(newest, () => newest) as typeof newest

    newest = { tools: [tool('new')] }

    expect(shaped.tools[0]?.run('hears')).toBe('new hears')
  })

  it('answers nothing once the function is gone, and keeps what is not plain data as it is', () => {
    const at = new Date(0)
    const given: { at: Date; run?: () => string } = { at, run: () => 'here' }
    let newest = given
    const shaped = forwardFunctions(given, () => newest) as typeof given

    newest = { at }

    expect(shaped.run?.()).toBeUndefined()
    expect(shaped.at).toBe(at)
  })
})
