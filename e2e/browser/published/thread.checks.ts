import { expect } from 'vitest'
import type { Check } from './check.js'

/** The conversation: what can be done with an answer, what an answer does to the page. */
export const threadChecks: Check[] = [
  {
    sees: 'thumbs under an answer, and what they say is sent',
    shows: ['threadItemActions.feedback'],
    given: { threadItemActions: { feedback: true } },
    async look({ say, button, sent }) {
      await say('hello')

      await button('Good answer').click()

      await expect.poll(() => sent('items.feedback')).toHaveLength(1)
      expect(sent('items.feedback')[0]?.params).toMatchObject({ kind: 'positive', item_ids: [expect.any(String)] })
    },
  },
  {
    sees: 'another answer to the same question',
    shows: ['threadItemActions.retry'],
    given: { threadItemActions: { retry: true } },
    async look({ say, button, sent, reads }) {
      await say('hello')

      await button('Try again').click()

      await expect.poll(() => sent('threads.retry_after_item')).toHaveLength(1)
      await reads('You said: hello')
    },
  },
  {
    sees: 'the end of an answer that is longer than the screen, while it is written',
    shows: ['thread.autoScroll'],
    given: { thread: { autoScroll: true } },
    async look({ composer, page, frame }) {
      await composer.fill('showcase')
      await page.keyboard.press('Enter')

      const end = frame.getByText('Anything else I can do?')
      await end.waitFor()

      await expect
        .poll(() => end.evaluate((element) => element.getBoundingClientRect().bottom < innerHeight))
        .toBe(true)
    },
  },
  {
    sees: 'a tool of the page at work, and what it found in the answer',
    shows: ['onClientTool', 'onClientTool(toolCall).name', 'onClientTool(toolCall).params'],
    async look({ say, called, reads }) {
      await say('tool')

      await reads('The page says {"title":"A shop"}.')
      expect(await called()).toEqual([{ name: 'read_page', params: { part: 'title' } }])
    },
  },
  {
    sees: 'a widget’s action done by the page',
    shows: ['(action).type', '(action).payload', '(widgetItem).id', '(widgetItem).widget', ''].map(
      (name) => `widgets.onAction${name}`,
    ),
    async look({ page, say, button, called }) {
      await page.evaluate(() =>
        window.change({
          widgets: {
            onAction: async ({ type, payload }, { id, widget }) => {
              window.toolCalls.push({ type, payload, id, widget: widget.type })
            },
          },
        }),
      )
      await say('card')

      await button('Ask the client').click()

      await expect
        .poll(called)
        .toEqual([{ type: 'on_client', payload: { id: 7 }, id: expect.stringMatching(/^msg_/), widget: 'Card' }])
    },
  },
  {
    sees: 'a tag of a message is a way to what it names',
    shows: ['', '(entity).id', '(entity).title', '(entity).group', '(entity).data', '(entity).interactive'].map(
      (name) => `entities.onClick${name}`,
    ),
    async look({ page, button, called }) {
      await page.evaluate(() => {
        window.change({ entities: { onClick: (entity) => window.toolCalls.push(entity) } })
        const content = { type: 'input_tag', id: 'u1', text: 'Ada', group: 'People', data: { team: '7' } } as const
        return window.chat.sendUserMessage({ content: [{ ...content, interactive: true }] })
      })

      await button('@Ada').click()

      await expect
        .poll(called)
        .toEqual([{ id: 'u1', title: 'Ada', group: 'People', data: { team: '7' }, interactive: true }])
    },
  },
]
