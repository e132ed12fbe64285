import { describe, expect, it } from 'vitest'
import { callOption, detachFunctions } from './option-functions.js'

describe('options on their way to the frame', () => {
  it('keeps data and marks functions', () => {
    const options = {
      theme: 'dark',
      header: { leftAction: { icon: 'home', onClick: () => undefined } },
      startScreen: { prompts: [{ label: 'Hi', prompt: 'Hi' }] },
    }

    expect(detachFunctions(options, () => expect.unreachable())).toEqual({
      theme: 'dark',
      header: { leftAction: { icon: 'home', onClick: true } },
      startScreen: { prompts: [{ label: 'Hi', prompt: 'Hi' }] },
    })
  })

  it('leaves out what is not plain data and names it', () => {
    const loop: Record<string, unknown> = { name: 'loop' }
    loop.self = loop
    const leftOut: string[] = []

    const copy = detachFunctions({ a: { when: new Date() }, loop, map: new Map() }, (path) => leftOut.push(path))

    expect(leftOut).toEqual(['a.when', 'loop.self', 'map'])
    expect(copy).toEqual({ a: {}, loop: { name: 'loop' } })
  })
})

describe('calling an option from the frame', () => {
  it('calls it as a method of its holder', () => {
    const header = { clicks: 0, leftAction: { by: 2, onClick: (n: number) => n } }
    const entities = {
      prefix: '@',
      onTagSearch(this: { prefix: string }, query: string) {
        return this.prefix + query
      },
    }

    expect(callOption({ entities }, 'entities.onTagSearch', ['ada'])).toBe('@ada')
    expect(callOption({ header }, 'header.leftAction.onClick', [3])).toBe(3)
  })

  it.each(['missing', 'header', 'header.missing.onClick', 'constructor', '__proto__.toString'])(
    'refuses %s, which is no function of the options',
    (path) => {
      expect(() => callOption({ header: {} }, path, [])).toThrow(/is not a function/)
    },
  )
})
