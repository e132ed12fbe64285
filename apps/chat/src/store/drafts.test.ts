import { describe, expect, it } from 'vitest'
import type { ChatAction } from './actions.js'
import { reduce } from './reducer.js'
import { type ComposerState, initialState } from './state.js'

const write = (composer: Partial<ComposerState>): ChatAction => ({ type: 'composer.changed', composer })
const open = (id: string): ChatAction => ({ type: 'thread.loading', id })
const after = (...actions: ChatAction[]) => actions.reduce(reduce, initialState({}, 'en'))

describe('B2: what was begun in a chat', () => {
  it('waits there while another is on screen; the chosen tool and model come along', () => {
    const left = after(open('a'), write({ text: 'half a thought', quote: 'so', toolId: 't', modelId: 'm' }), open('b'))

    expect(left.composer).toMatchObject({ text: '', quote: null, toolId: 't', modelId: 'm' })
    expect(reduce(left, open('a')).composer).toMatchObject({ text: 'half a thought', quote: 'so' })
  })

  it('has a place before its chat exists, too', () => {
    const state = after(write({ text: 'new' }), open('a'), write({ text: 'old' }), { type: 'thread.cleared' })

    expect(state.composer.text).toBe('new')
  })

  it('is gone with its chat', () => {
    const state = after(
      open('a'),
      write({ text: 'x' }),
      { type: 'thread.cleared' },
      { type: 'history.removed', id: 'a' },
    )

    expect(reduce(state, open('a')).composer.text).toBe('')
  })

  it('learns that its file has arrived while another chat is on screen', () => {
    const upload = { id: 'u', name: 'a.txt', size: 1, phase: 'sending', progress: 0.5 } as const
    const state = after(open('a'), write({ uploads: [upload] }), open('b'), {
      type: 'upload.changed',
      id: 'u',
      change: { phase: 'done', progress: 1 },
    })

    expect(state.composer.uploads).toEqual([])
    expect(reduce(state, open('a')).composer.uploads).toMatchObject([{ id: 'u', phase: 'done' }])
  })
})
