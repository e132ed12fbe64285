import { describe, expect, it } from 'vitest'
import { parseFlowchart } from './parse-flowchart.js'
import { parseLink } from './parse-link.js'
import { parseSequence } from './parse-sequence.js'
import { parseStates } from './parse-states.js'

const chart = (...lines: string[]) => parseFlowchart(['flowchart LR', ...lines])
const edges = (...lines: string[]) => chart(...lines)?.edges.map(({ from, to, label }) => [from, to, label])

describe('links', () => {
  it.each([
    ['-->B', { line: 'solid', hasHead: true, label: '' }],
    ['--- B', { line: 'solid', hasHead: false, label: '' }],
    ['==> B', { line: 'thick', hasHead: true, label: '' }],
    ['-.-> B', { line: 'dotted', hasHead: true, label: '' }],
    ['<--> B', { line: 'solid', hasHead: true, hasTail: true }],
    ['~~~ B', { line: 'unseen' }],
    ['-->|yes| B', { label: 'yes', hasHead: true }],
    ['-- no way --> B', { label: 'no way', hasHead: true }],
    ['-- "quoted" --- B', { label: 'quoted', hasHead: false }],
    ['== fast ==> B', { label: 'fast', line: 'thick' }],
    ['-. maybe .-> B', { label: 'maybe', line: 'dotted' }],
  ])('%s', (text, expected) => {
    const found = parseLink(text)
    expect(found?.link).toMatchObject(expected)
    expect(found?.rest.trim()).toBe('B')
  })

  it.each(['', 'B', '-B', '->B'])('%j is none', (text) => {
    expect(parseLink(text)).toBeNull()
  })
})

describe('flowcharts', () => {
  it.each([
    ['A[One]', 'rect', 'One'],
    ['A(One)', 'round', 'One'],
    ['A([One])', 'stadium', 'One'],
    ['A((One))', 'circle', 'One'],
    ['A{One?}', 'diamond', 'One?'],
    ['A{{One}}', 'hexagon', 'One'],
    ['A[(One)]', 'cylinder', 'One'],
    ['A[/One/]', 'slanted', 'One'],
    ['A["One (1) [x]"]', 'rect', 'One (1) [x]'],
    ['A[One<br/>two]', 'rect', 'One\ntwo'],
    ['A:::hot', 'rect', 'A'],
  ])('%s', (text, shape, label) => {
    expect(chart(text)?.nodes.get('A')).toEqual({ label, shape, group: null })
  })

  it('know chains, groups of nodes, and several statements in a line', () => {
    expect(edges('A & B -->|x| C --> D; D --> A')).toEqual([
      ['A', 'C', 'x'],
      ['B', 'C', 'x'],
      ['C', 'D', ''],
      ['D', 'A', ''],
    ])
  })

  it('know groups inside of groups', () => {
    const graph = chart('subgraph one [First]', 'A --> B', 'subgraph Second', 'C', 'end', 'end', 'C --> D')
    expect([...(graph?.groups ?? [])]).toEqual([
      ['one', { title: 'First', parent: null }],
      ['Second', { title: 'Second', parent: 'one' }],
    ])
    expect([...(graph?.nodes ?? [])].map(([id, { group }]) => [id, group])).toEqual([
      ['A', 'one'],
      ['B', 'one'],
      ['C', 'Second'],
      ['D', null],
    ])
  })

  it('pass over looks, and take no action from a diagram', () => {
    const graph = chart('A --> B', 'style A fill:#f9f', 'classDef hot fill:red', 'click A href "https://evil.example"')
    expect(graph?.edges).toHaveLength(1)
  })

  it.each([
    ['another kind', ['gantt', 'title A']],
    ['a link to nowhere', ['graph TD', 'A -->']],
    ['a shape that never closes', ['graph TD', 'A[One --> B']],
    ['a link to a group', ['graph TD', 'subgraph g', 'A', 'end', 'B --> g']],
    ['nothing at all', ['graph TD']],
  ])('are none: %s', (_, lines) => {
    expect(parseFlowchart(lines)).toBeNull()
  })
})

describe('state diagrams', () => {
  it('have a start, an end and words on their arrows', () => {
    const graph = parseStates([
      'stateDiagram-v2',
      '[*] --> open',
      'state "Being closed" as closing',
      'open --> closing : ask',
      'closing --> [*]',
    ])
    expect(graph?.edges.map(({ from, to, label }) => [from, to, label])).toEqual([
      ['start of all', 'open', ''],
      ['open', 'closing', 'ask'],
      ['closing', 'end of all', ''],
    ])
    expect(graph?.nodes.get('closing')?.label).toBe('Being closed')
  })

  it('are none when they say what we cannot draw', () => {
    expect(parseStates(['stateDiagram-v2', 'state fork <<fork>>'])).toBeNull()
  })
})

describe('sequence diagrams', () => {
  it('know people, messages, notes and frames', () => {
    const sequence = parseSequence([
      'sequenceDiagram',
      'participant S as Server',
      'Ada->>+S: hello',
      'alt known',
      'S-->>-Ada: welcome',
      'else',
      'S-xAda: no',
      'end',
      'Note right of S: tired',
    ])
    expect([...(sequence?.people ?? [])]).toEqual([
      ['S', 'Server'],
      ['Ada', 'Ada'],
    ])
    expect(sequence?.steps).toEqual([
      { kind: 'message', from: 'Ada', to: 'S', text: 'hello', isDashed: false, hasHead: true },
      { kind: 'open', text: 'alt known' },
      { kind: 'message', from: 'S', to: 'Ada', text: 'welcome', isDashed: true, hasHead: true },
      { kind: 'else', text: '' },
      { kind: 'message', from: 'S', to: 'Ada', text: 'no', isDashed: false, hasHead: true },
      { kind: 'close' },
      { kind: 'note', over: ['S'], side: 'right', text: 'tired' },
    ])
  })

  it.each([
    ['a frame that never ends', ['sequenceDiagram', 'A->>B: x', 'loop', 'B->>A: y']],
    ['words we do not know', ['sequenceDiagram', 'A->>B: x', 'teleport A']],
  ])('are none: %s', (_, lines) => {
    expect(parseSequence(lines)).toBeNull()
  })
})
