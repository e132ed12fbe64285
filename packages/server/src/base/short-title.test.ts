import { describe, expect, it } from 'vitest'
import { shortTitle } from './short-title.js'

describe('a short title', () => {
  it.each([
    ['What is 12 * 7?'],
    ['What is 2*3*4 and a**2 + b**2?'],
    ['Rename snake_case_name to _private_name'],
    ['Is C# faster than F#?'],
    ['When is a > b, and b < c?'],
    ['It costs ~5 or ~6 euros'],
    ['Where do I put the ` of #hashtags?'],
    ['Call Bread *'],
  ])('keeps what is no mark of Markdown: %s', (text) => {
    expect(shortTitle(text)).toBe(text)
  })

  it.each([
    ['## A heading', 'A heading'],
    ['> > Said before', 'Said before'],
    ['* Buy milk', 'Buy milk'],
    ['**Bold**, *slanted* and ~~gone~~', 'Bold, slanted and gone'],
    ['__Bold__, _slanted_ (_here_)', 'Bold, slanted (here)'],
    ['**All _of_ this**', 'All of this'],
    ['***Both***', 'Both'],
    ['What does `x = **kwargs` do?', 'What does x = **kwargs do?'],
    ['Why ``a ` b``?', 'Why a ` b?'],
    ['```js\nlet a = 1\n```', 'let a = 1'],
    ['Die *größte* Stadt', 'Die größte Stadt'],
  ])('reads %j as %s', (text, title) => {
    expect(shortTitle(text)).toBe(title)
  })

  it('is the first line, in single spaces, cut between words', () => {
    expect(shortTitle('  Hello   there \nand more')).toBe('Hello there')
    expect(shortTitle(`${'word '.repeat(9)}- longest of all words`)).toBe(`${'word '.repeat(9).trim()}…`)
    expect(shortTitle(' \n ')).toBeUndefined()
  })
})
