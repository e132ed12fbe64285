import { ParleyError } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { decodeChatInput } from './decode-input.js'

const text = (words: string) => [{ type: 'input_text', text: words }]

describe('the input of a run in Xpert’s forms', () => {
  it.each([
    [
      'v2',
      {
        action: 'send',
        message: { clientMessageId: 'c1', input: { input: 'Hi', files: [{ id: 'f1' }], tone: 'dry' } },
      },
    ],
    [
      'v2 without its action',
      { message: { clientMessageId: 'c1', input: { input: 'Hi', files: ['f1'], tone: 'dry' } } },
    ],
    ['legacy', { input: { input: 'Hi', files: [{ fileId: 'f1' }], tone: 'dry' }, id: 'c1' }],
    ['flat', { input: 'Hi', files: [{ storageFileId: 'f1', name: 'a.md' }], tone: 'dry', id: 'c1' }],
  ])('%s is a message with files and variables', (_, input) => {
    expect(decodeChatInput(input)).toMatchObject({
      type: 'send',
      message: {
        clientMessageId: 'c1',
        variables: { tone: 'dry' },
        input: { content: text('Hi'), attachments: ['f1'] },
      },
    })
  })

  it('takes files that stand beside the input, and what is quoted', () => {
    const quoting = {
      input: {
        input: 'This?',
        references: [
          { type: 'quote', text: 'one' },
          { type: 'code', text: 'two', path: 'src/app.ts', startLine: 3, endLine: 4 },
        ],
      },
    }

    expect(decodeChatInput(quoting, [{ id: 'f2' }])).toMatchObject({
      message: { input: { attachments: ['f2'], quoted_text: 'one\n\nsrc/app.ts:3-4\ntwo' } },
    })
  })

  it('reads state as variables, without what the message says itself', () => {
    const input = { input: { input: 'Hi' }, state: { human: { input: 'Hi' }, city: 'Rome' } }

    expect(decodeChatInput(input)).toMatchObject({ message: { variables: { city: 'Rome' } } })
  })

  it.each([
    [
      'a page’s results',
      { input: {}, command: { resume: { toolMessages: [{ tool_call_id: 'c1', content: 4 }] } }, executionId: 'r1' },
      { executionId: 'r1', value: { toolMessages: [{ tool_call_id: 'c1', content: 4 }] } },
    ],
    [
      'decisions',
      {
        action: 'resume',
        conversationId: 't1',
        target: { aiMessageId: 'r1' },
        decision: { type: 'confirm', payload: { decisions: [{ type: 'approve' }] } },
      },
      { conversationId: 't1', executionId: 'r1', value: { decisions: [{ type: 'approve' }] } },
    ],
    ['a refusal', { input: {}, confirm: false, executionId: 'r1' }, { value: false }],
    [
      'changed calls',
      { input: {}, command: { resume: true, toolCalls: [{ id: 'c', args: {} }], update: { kind: 'text' } } },
      { value: true, toolCalls: [{ id: 'c', args: {} }], update: { kind: 'text' } },
    ],
  ])('%s resumes', (_, input, expected) => {
    expect(decodeChatInput(input)).toMatchObject({ type: 'resume', ...expected })
  })

  it.each([
    [
      { action: 'retry', conversationId: 't1', source: { executionId: 'r1' } },
      { type: 'retry', executionId: 'r1' },
    ],
    [
      { retry: true, executionId: 'r1', input: {} },
      { type: 'retry', executionId: 'r1' },
    ],
    [
      { action: 'follow_up', conversationId: 't1', mode: 'queue', message: { input: { input: 'And?' } } },
      { type: 'follow_up', mode: 'queue' },
    ],
    [
      { input: { input: 'And?' }, followUpMode: 'steer' },
      { type: 'follow_up', mode: 'steer' },
    ],
  ])('%j', (input, expected) => {
    expect(decodeChatInput(input)).toMatchObject(expected)
  })

  it.each([
    ['an unknown action', { action: 'fly' }, 'action must be "send" or'],
    ['no message', { action: 'send' }, 'message is missing'],
    ['a number for words', { message: { input: { input: 4 } } }, 'message.input.input must be a string'],
    ['nothing at all', { input: {} }, 'input.input is empty'],
    ['a file without an id', { input: 'x', files: [{ name: 'a' }] }, 'files[0]'],
    ['a changed call that is none', { executionId: 'r', command: { toolCalls: ['c'] } }, 'command.toolCalls[0]'],
  ])('refuses %s in words', (_, input, words) => {
    expect(() => decodeChatInput(input)).toThrow(words)
    expect(() => decodeChatInput(input)).toThrow(ParleyError)
  })
})
