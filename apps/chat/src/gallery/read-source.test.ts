import { describe, expect, it } from 'vitest'
import { CATALOGUE, findSample } from '../samples/catalogue.js'
import { readSource, writeSource } from './read-source.js'

const samples = CATALOGUE.flatMap((group) => group.samples)
const card = findSample('Card') ?? expect.unreachable()

describe('the samples', () => {
  it('have names and questions of their own', () => {
    expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length)
    const questions = samples.flatMap(({ question }) => question ?? [])
    expect(new Set(questions).size).toBe(questions.length)
  })

  it.each(samples.map((sample) => [sample.id, sample] as const))('B6: %s is right as it is shown', (_, sample) => {
    expect(readSource(sample, writeSource(sample)).faults).toBeUndefined()
  })
})

describe('an edited source', () => {
  it('is named by the path of every fault', () => {
    const text = writeSource(card).replace('"Visit of an engineer"', '7').replace('"success"', '"green"')

    expect(readSource(card, text).faults?.map(({ path }) => path)).toEqual([
      'children[0].children[0].value',
      'children[0].children[2].color',
    ])
  })

  it('is told by line where it is no JSON', () => {
    const [fault] = readSource(card, '{\n  "type": "Card"\n  "children": []\n}').faults ?? []

    expect(fault?.path).toBe('line 3')
    expect(fault?.message).not.toContain('position')
  })

  it('of an item is checked as the server checks it, the widget inside as well', () => {
    const item = findSample('widget') ?? expect.unreachable()
    const workflow = findSample('workflow') ?? expect.unreachable()

    expect(
      readSource(item, '{"type":"widget","widget":{"type":"Card","children":[{"type":"Text"}]}}').faults?.[0]?.path,
    ).toBe('widget.children[0].value')
    expect(readSource(workflow, '{"type":"workflow","workflow":{"type":"slow","tasks":[]}}').faults?.[0]?.path).toBe(
      'workflow.type',
    )
  })
})
