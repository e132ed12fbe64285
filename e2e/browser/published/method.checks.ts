import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Check } from './check.js'

const partsOf = (path: string, names: string[]) => names.map((name) => `${path}.${name}`)
const CONTENT = ['type=input_text', 'type=input_tag', 'text', 'id', 'group', 'data', 'interactive']
const ATTACHMENT = ['type=file', 'type=image', 'id', 'name', 'mime_type', 'preview_url']

/** What a page does to the chat through the element. */
export const methodChecks: Check[] = [
  {
    sees: 'a message sent by the page',
    shows: ['sendUserMessage()', ...partsOf('sendUserMessage(params)', ['text', 'reply', 'toolChoice.id', 'model'])],
    given: { composer: { models: [{ id: 'small', label: 'Small' }] } },
    async look({ page, frame, sent, button, reads }) {
      await page.evaluate(() =>
        window.chat.sendUserMessage({ text: 'hello', reply: 'as you said', toolChoice: { id: 'web' }, model: 'large' }),
      )

      await reads('You said: hello')
      await frame.getByRole('log').getByText('as you said').waitFor()
      expect(sent('threads.create')[0]?.params.input).toMatchObject({
        quoted_text: 'as you said',
        inference_options: { tool_choice: { id: 'web' }, model: 'large' },
      })
      await button(/Model: Small/).waitFor()
    },
  },
  {
    sees: 'a message of parts sent by the page, in a chat of its own',
    shows: ['sendUserMessage(params).newThread', ...partsOf('sendUserMessage(params).content[]', CONTENT)],
    async look({ page, say, frame, sent }) {
      await say('hello')

      await page.evaluate(() =>
        window.chat.sendUserMessage({
          newThread: true,
          content: [
            { type: 'input_tag', id: 'u1', text: 'Ada', group: 'People', data: { team: '7' }, interactive: true },
            { type: 'input_text', text: ' said so' },
          ],
        }),
      )

      await frame.getByText('@Ada').first().waitFor()
      expect(await frame.getByText('You said: hello').count()).toBe(0)
      expect(sent('threads.create')[1]?.params.input.content).toEqual([
        { type: 'input_tag', id: 'u1', text: 'Ada', group: 'People', data: { team: '7' }, interactive: true },
        { type: 'input_text', text: ' said so' },
      ])
    },
  },
  {
    sees: 'files that are there already, in the composer and in the message',
    shows: [
      ...partsOf('sendUserMessage(params).attachments[]', ATTACHMENT),
      ...partsOf('setComposerValue(params).attachments[]', ATTACHMENT),
    ],
    given: { composer: { attachments: { enabled: true } } },
    async look({ page, frame, sent, button }) {
      const [note, dot] = await page.evaluate(upload)
      if (!note || !dot) return expect.unreachable('the files were not taken')

      await page.evaluate((attachments) => window.chat.setComposerValue({ text: 'see', attachments }), [note, dot])
      await frame.getByText('note.txt').waitFor()
      await frame.getByText('dot.gif').waitFor()
      await page.evaluate(() => window.chat.setComposerValue({ attachments: [] }))
      await frame.getByText('note.txt').waitFor({ state: 'detached' })
      await page.evaluate((attachments) => window.chat.sendUserMessage({ text: 'read', attachments }), [note, dot])

      await frame.getByRole('log').getByText('note.txt').waitFor()
      await frame.getByRole('log').getByRole('img', { name: 'dot.gif' }).waitFor()
      await expect.poll(() => sent('threads.create')).toHaveLength(1)
      expect(sent('threads.create')[0]?.params.input.attachments).toEqual([note.id, dot.id])
      await button('Send message').waitFor()
    },
  },
  {
    sees: 'the composer filled by the page',
    shows: [
      'setComposerValue()',
      ...partsOf('setComposerValue(params)', ['text', 'reply', 'files[]', 'selectedToolId', 'selectedModelId']),
    ],
    given: {
      composer: {
        attachments: { enabled: true },
        tools: [{ id: 'web', label: 'Search the web', icon: 'globe' }],
        models: [
          { id: 'small', label: 'Small' },
          { id: 'large', label: 'Large' },
        ],
      },
    },
    async look({ page, frame, composer, button, sent }) {
      await page.evaluate(() =>
        window.chat.setComposerValue({
          text: 'a draft',
          reply: 'as you said',
          files: [new File(['hello'], 'notes.txt', { type: 'text/plain' })],
          selectedToolId: 'web',
          selectedModelId: 'large',
        }),
      )

      await expect.poll(() => textOf(composer)).toBe('a draft')
      await frame.getByText('as you said').waitFor()
      await frame.getByText('notes.txt').waitFor()
      await button('Stop using Search the web').waitFor()
      await button(/Model: Large/).waitFor()
      await page.evaluate(() => window.chat.setComposerValue({ selectedToolId: null }))
      await button('Stop using Search the web').waitFor({ state: 'detached' })
      expect(sent('threads.create')).toEqual([])
    },
  },
  {
    sees: 'tags put into the composer by the page',
    shows: partsOf('setComposerValue(params).content[]', CONTENT),
    async look({ page, frame, composer, sent }) {
      await page.evaluate(() =>
        window.chat.setComposerValue({
          content: [
            { type: 'input_tag', id: 'u1', text: 'Ada', group: 'People', data: { team: '7' }, interactive: true },
            { type: 'input_text', text: ' said so' },
          ],
        }),
      )
      await frame.getByText('@Ada').waitFor()

      await composer.press('Enter')

      await expect.poll(() => sent('threads.create')).toHaveLength(1)
      expect(sent('threads.create')[0]?.params.input.content).toEqual([
        { type: 'input_tag', id: 'u1', text: 'Ada', group: 'People', data: { team: '7' }, interactive: true },
        { type: 'input_text', text: expect.stringMatching(/^ ?said so$/) },
      ])
    },
  },
  {
    sees: 'the cursor in the composer',
    shows: ['focusComposer()'],
    async look({ page, composer }) {
      await page.evaluate(() => window.chat.focusComposer())

      await expect.poll(() => composer.evaluate((field) => field === document.activeElement)).toBe(true)
      await page.keyboard.type('hi')
      await expect.poll(() => textOf(composer)).toBe('hi')
    },
  },
  {
    sees: 'another chat, and a new one',
    shows: [
      'setThreadId()',
      'setThreadId(threadId)',
      'chatkit.thread.load.start.threadId',
      'chatkit.thread.load.end.threadId',
    ],
    async look({ page, say, frame, events, reads }) {
      await say('remember me')
      const { threadId } = (await events('chatkit.thread.change')).at(-1) as { threadId: string }

      await page.evaluate(() => window.chat.setThreadId(null))
      await frame.getByText('How can we help?').waitFor()
      await page.evaluate((id) => window.chat.setThreadId(id), threadId)

      await reads('You said: remember me')
      expect(await events('chatkit.thread.load.start')).toEqual([{ threadId }])
      expect(await events('chatkit.thread.load.end')).toEqual([{ threadId }])
    },
  },
  {
    sees: 'the answer to an action of the page',
    shows: ['()', '(itemId)', '(action).type', '(action).payload'].map((name) => `sendCustomAction${name}`),
    async look({ page, say, button, called, sent, reads }) {
      await page.evaluate(() =>
        window.change({ widgets: { onAction: async (_, { id }) => void window.toolCalls.push(id) } }),
      )
      await say('card')
      await button('Ask the client').click()
      await expect.poll(called).toHaveLength(1)
      const [itemId] = (await called()) as string[]

      await page.evaluate((id) => window.chat.sendCustomAction({ type: 'plain', payload: { of: 7 } }, id), itemId)

      await reads('Did plain.')
      expect(sent('threads.custom_action')[0]?.params).toMatchObject({
        item_id: itemId,
        action: { type: 'plain', payload: { of: 7 } },
      })
    },
  },
  {
    sees: 'the history opened and closed by the page',
    shows: ['showHistory()', 'hideHistory()', 'chatkit.history.open', 'chatkit.history.close'],
    async look({ page, frame, events }) {
      await page.evaluate(() => window.chat.showHistory())
      await frame.getByRole('heading', { name: 'Chat history' }).waitFor()
      await page.evaluate(() => window.chat.hideHistory())
      await frame.getByText('How can we help?').waitFor()

      expect(await events('chatkit.history.open')).toHaveLength(1)
      expect(await events('chatkit.history.close')).toHaveLength(1)
    },
  },
  {
    sees: 'what changed on the server behind the chat’s back',
    shows: ['fetchUpdates()'],
    async look({ page, say, frame, events }) {
      await say('hello')
      const { threadId } = (await events('chatkit.thread.change')).at(-1) as { threadId: string }
      await page.evaluate(async (thread_id) => {
        const { api } = window.options
        const body = JSON.stringify({ type: 'threads.update', params: { thread_id, title: 'Renamed elsewhere' } })
        const headers = { 'content-type': 'application/json' }
        if ('url' in api) await fetch(api.url, { method: 'POST', headers, body })
      }, threadId)

      await page.evaluate(() => window.chat.fetchUpdates())

      await frame.getByRole('heading', { name: 'Renamed elsewhere' }).waitFor()
    },
  },
]

/** What a field says, be it a text area or an editable text. */
function textOf(field: Locator): Promise<string> {
  return field.evaluate((element) => ('value' in element ? String(element.value) : (element.textContent ?? '')))
}

/** Uploads two files as a page may do by itself, and gives what the server made of them. */
async function upload() {
  const { api } = window.options
  const dot = Uint8Array.from(atob('R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=='), (char) =>
    char.charCodeAt(0),
  )
  const files = [
    new File(['hello'], 'note.txt', { type: 'text/plain' }),
    new File([dot], 'dot.gif', { type: 'image/gif' }),
  ]
  return Promise.all(
    files.map(async (file) => {
      const form = new FormData()
      form.append('file', file)
      const response = await fetch(`${'url' in api ? api.url : ''}/files`, { method: 'POST', body: form })
      return response.json()
    }),
  )
}
