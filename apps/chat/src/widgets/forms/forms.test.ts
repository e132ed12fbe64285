import { describe, expect, it } from 'vitest'
import { loadingOf, toAction } from '../actions/action.js'
import { mergePayload, nestValues } from './form-values.js'
import { labelledNames } from './labelled-names.js'
import { readOptions, searchOptions } from './options.js'

describe('form values', () => {
  it('nest dotted names', () => {
    expect(
      nestValues([
        ['todo.title', 'Milk'],
        ['todo.done', false],
        ['note', ''],
      ]),
    ).toEqual({
      todo: { title: 'Milk', done: false },
      note: '',
    })
  })

  it.each(['__proto__.polluted', 'constructor.prototype.polluted', '__proto__', 'a..b', ''])(
    'have no field called "%s"',
    (name) => {
      expect(nestValues([[name, 'x']])).toEqual({})
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    },
  )
})

describe('the payload of an action in a form', () => {
  it('holds the values beside its own keys', () => {
    expect(mergePayload({ from: 'card' }, { title: 'Milk' })).toEqual({
      payload: { from: 'card', title: 'Milk' },
      clashes: [],
    })
    expect(mergePayload(undefined, { title: 'Milk' }).payload).toEqual({ title: 'Milk' })
    expect(mergePayload(undefined, {})).toEqual({ payload: undefined, clashes: [] })
  })

  it('keeps its own where both have a key, and tells which', () => {
    const { payload, clashes } = mergePayload(
      { todo: { title: 'mine', id: 7 } },
      { todo: { title: 'typed', due: 'x' } },
    )

    expect(payload).toEqual({ todo: { title: 'mine', id: 7, due: 'x' } })
    expect(clashes).toEqual(['todo.title'])
  })

  it('that is no object stays what it is', () => {
    expect(mergePayload('text', { title: 'Milk' })).toEqual({ payload: 'text', clashes: ['title'] })
  })
})

describe('an action', () => {
  it('shows that it runs where it is bound, unless it says otherwise', () => {
    const action = (more = {}) => toAction({ type: 'x', ...more }) ?? expect.unreachable()

    expect([loadingOf(action(), 'click'), loadingOf(action(), 'change'), loadingOf(action(), 'submit')]).toEqual([
      'self',
      'none',
      'container',
    ])
    expect(loadingOf(action({ loadingBehavior: 'none' }), 'click')).toBe('none')
  })

  it.each([null, 'x', [], {}, { type: 1 }])('is not %j', (value) => {
    expect(toAction(value)).toBeNull()
  })
})

describe('options', () => {
  it('leave out what is none, and are found by label and description', () => {
    const options = readOptions([
      { value: 'a', label: 'Alpha', description: 'First' },
      { value: 2 },
      null,
      { label: 'x' },
    ])

    expect(options.map(({ value, label }) => [value, label])).toEqual([
      ['a', 'Alpha'],
      ['2', '2'],
    ])
    expect(searchOptions(options, ' fir')).toHaveLength(1)
  })
})

it('finds the labelled fields of any tree', () => {
  const tree = { children: [null, 'x', { children: { type: 'Label', fieldName: 'a' } }, { type: 'Label' }] }

  expect([...labelledNames(tree)]).toEqual(['a'])
})
