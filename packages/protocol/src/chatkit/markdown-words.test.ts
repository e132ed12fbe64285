import { describe, expect, it } from 'vitest'
import { markdownWords } from './markdown-words.js'

describe('the words of a Markdown text', () => {
  it.each([
    ['## Returning an *order*', 'Returning an order'],
    ['**Anything** within __30 days__, ~~not 14~~', 'Anything within 30 days, not 14'],
    ['see [the policy](https://example.com/returns "Terms").', 'see the policy.'],
    ['![A lamp](https://example.com/lamp.png)', 'A lamp'],
    ['> Quoted\n> twice', 'Quoted\ntwice'],
    ['- one\n  * two\n- [x] three', 'one\ntwo\nthree'],
    ['1. first\n2. second', '1. first\n2. second'],
    ['| Item | Days |\n| --- | ---: |\n| Lamp | 30 |', 'Item, Days\n\nLamp, 30'],
    ['Before\n\n```ts\nconst a = 1\n```\n\nAfter', 'Before\n\nconst a = 1\n\nAfter'],
    ['run `npm start` now', 'run npm start now'],
  ])('leaves the marks of %j out', (markdown, words) => {
    expect(markdownWords(markdown)).toBe(words)
  })

  it.each(['2 * 3 * 4', 'snake_case_name and __init', 'a | b', 'x[1](2', 'C# and #tag', 'under 5 - 3', '5 > 3'])(
    'leaves %j as it is',
    (text) => {
      expect(markdownWords(text)).toBe(text)
    },
  )
})
