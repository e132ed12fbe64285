import { describe, expect, it } from 'vitest'
import type { Turn } from './selectors.js'
import { groupTurns } from './turn-groups.js'

const turn = (number: number): Turn => ({
  key: `u${number}`,
  itemIds: [`u${number}`, `a${number}`],
  userId: `u${number}`,
})
const turns = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => turn(from + at))
const sizes = (groups: ReturnType<typeof groupTurns>) => groups.map((group) => group.turns.length)

describe('groups of turns', () => {
  it('hold twenty turns each', () => {
    expect(sizes(groupTurns(turns(1, 45), []))).toEqual([20, 20, 5])
  })

  it('take new turns at the end and leave the others as they are', () => {
    const before = groupTurns(turns(1, 40), [])

    const after = groupTurns(turns(1, 41), before)

    expect(sizes(after)).toEqual([20, 20, 1])
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(before[1])
    expect(sizes(groupTurns(turns(1, 42), after))).toEqual([20, 20, 2])
  })

  it('leave the others as they are when older turns come before them', () => {
    const before = groupTurns(turns(31, 55), [])

    const after = groupTurns(turns(1, 55), before)

    expect(sizes(after)).toEqual([20, 10, 20, 5])
    expect(after.slice(2)).toEqual(before)
    expect(after[2]).toBe(before[0])
    expect(after[3]).toBe(before[1])
  })

  it('replace only the group with a turn that grew', () => {
    const before = groupTurns(turns(1, 25), [])
    const grown = [...turns(1, 24), { ...turn(25), itemIds: ['u25', 'a25', 'b25'] }]

    const after = groupTurns(grown, before)

    expect(after[0]).toBe(before[0])
    expect(after[1]?.key).toBe(before[1]?.key)
    expect(after[1]?.turns.at(-1)?.itemIds).toEqual(['u25', 'a25', 'b25'])
    expect(after[1]?.turns[0]).toBe(before[1]?.turns[0])
  })

  it('keep a message in its place when the server gives it its own name', () => {
    const before = groupTurns([...turns(1, 21), { key: 'sent_1', itemIds: ['sent_1'], userId: 'sent_1' }], [])

    expect(sizes(groupTurns(turns(1, 22), before))).toEqual([20, 2])
  })
})
