import type { Annotation, Source } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { collectSources, groupCitations, sourceOrigin, sourceUrl } from './citations.js'

const url = (address: string): Source => ({ type: 'url', title: address, url: address })
const mark = (source: Source, index?: number): Annotation => ({
  type: 'annotation',
  source,
  ...(index !== undefined && { index }),
})
const part = (...annotations: Annotation[]) => ({ type: 'output_text' as const, text: 'Some text', annotations })

describe('citations', () => {
  it('number sources in the order they are first marked; the same source keeps its number', () => {
    const content = [
      part(mark(url('https://b.org/'), 3), mark(url('https://a.org/'), 5)),
      part(mark(url('https://b.org/'), 1)),
    ]

    const sources = collectSources(content)

    expect(sources.list.map(({ number, source }) => [number, source.title])).toEqual([
      [1, 'https://b.org/'],
      [2, 'https://a.org/'],
    ])
  })

  it('group marks at the same place and leave out those without one', () => {
    const content = [
      part(
        mark(url('https://a.org/'), 5),
        mark(url('https://b.org/'), 2),
        mark(url('https://c.org/'), 5),
        mark(url('https://d.org/')),
      ),
    ]

    const groups = groupCitations(content[0]!, collectSources(content))

    expect(groups.map(({ index, sources }) => [index, sources.map(({ number }) => number)])).toEqual([
      [2, [2]],
      [5, [1, 3]],
    ])
  })

  it('lead only to web addresses', () => {
    expect(sourceUrl(url('javascript:alert(1)'))).toBeNull()
    expect(sourceUrl(url('https://www.example.org/page'))).toBe('https://www.example.org/page')
    expect(sourceOrigin(url('https://www.example.org/page'))).toBe('example.org')
  })
})
