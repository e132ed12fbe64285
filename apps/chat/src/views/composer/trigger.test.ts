import type { InputTag } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { fromContent } from '../../store/tagged-text.js'
import { findTrigger } from './trigger.js'

const find = (text: string, signs = '@/') => findTrigger({ text, tags: [] }, text.length, signs)

describe('B2: a search begins', () => {
  it.each([
    ['@', '@', ''],
    ['Ask @an', '@', 'an'],
    ['Ask (@New York', '@', 'New York'],
    ['请问@王', '@', '王'],
    ['first line\n/mo', '/', 'mo'],
    ['see /model gpt', '/', 'model gpt'],
  ])('in %j', (text, sign, query) => {
    expect(find(text)).toMatchObject({ sign, query })
  })

  it.each(['ada@example.com', 'and/or', 'https://x', '@ ann', '@one two three four five', '@an\nd', 'none'])(
    'not in %j',
    (text) => {
      expect(find(text)).toBeNull()
    },
  )

  it('not for a sign the page does not use', () => {
    expect(find('@an', '/')).toBeNull()
  })

  it('not behind a tag, which begins with the same sign', () => {
    const ann: InputTag = { type: 'input_tag', id: '1', text: 'Ann', data: {}, interactive: false }
    const written = fromContent([ann, { type: 'input_text', text: ' now' }])

    expect(findTrigger(written, 4, '@')).toBeNull()
    expect(findTrigger(written, 8, '@')).toBeNull()
  })
})
