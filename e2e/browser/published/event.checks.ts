import { expect } from 'vitest'
import type { Check } from './check.js'

/** What the chat tells the page. */
export const eventChecks: Check[] = [
  {
    sees: 'the chat is ready, an answer begins and ends, in a conversation that has a name now',
    shows: ['chatkit.ready', 'chatkit.response.start', 'chatkit.response.end', 'chatkit.thread.change.threadId'],
    async look({ page, say }) {
      await say('hello')

      const names = await page.evaluate(() => window.events.map(({ name }) => name))
      expect(names).toEqual([
        'chatkit.ready',
        'chatkit.response.start',
        'chatkit.thread.change',
        'chatkit.response.end',
      ])
    },
  },
  {
    sees: 'an error, as an Error',
    shows: ['chatkit.error.error'],
    async look({ page, frame }) {
      await page.route('**/api/chatkit', (route) => route.fulfill({ status: 503, json: {} }))
      await page.evaluate(() => {
        window.chat.addEventListener('chatkit.error', ({ detail }) =>
          window.toolCalls.push(detail.error instanceof Error),
        )
      })

      await page.evaluate(() => window.chat.sendUserMessage({ text: 'hello' }))

      await frame.getByText('The server had a problem.').waitFor()
      await expect.poll(() => page.evaluate(() => window.toolCalls)).toContain(true)
    },
  },
  {
    sees: 'an effect of the agent',
    shows: ['chatkit.effect.name', 'chatkit.effect.data'],
    async look({ say, events }) {
      await say('effect')

      expect(await events('chatkit.effect')).toEqual([{ name: 'celebrate', data: { pieces: 3 } }])
    },
  },
  {
    sees: 'a link of an answer that is meant for the page',
    shows: ['chatkit.deeplink.name', 'chatkit.deeplink.data'],
    async look({ say, frame, events }) {
      await say('[Your order](chatkit-link://order?id=7)')

      await frame.getByRole('link', { name: 'Your order' }).click()

      await expect.poll(() => events('chatkit.deeplink')).toEqual([{ name: 'order', data: { id: '7' } }])
    },
  },
  {
    sees: 'the tool the person chose',
    shows: ['chatkit.tool.change.toolId'],
    given: { composer: { tools: [{ id: 'web', label: 'Web', icon: 'globe', pinned: true }] } },
    async look({ button, events }) {
      await button('Web').click()
      await button('Stop using Web').click()

      await expect.poll(() => events('chatkit.tool.change')).toEqual([{ toolId: 'web' }, { toolId: null }])
    },
  },
  {
    sees: 'what is wrong with an option',
    shows: ['chatkit.log.name', 'chatkit.log.data'],
    async look({ page, events }) {
      await page.evaluate(() => window.change({ primaryColor: 'red' } as object))

      await expect
        .poll(() => events('chatkit.log'))
        .toEqual([{ name: 'option.ignored', data: { option: 'primaryColor', message: expect.any(String) } }])
    },
  },
  {
    sees: 'listeners come and go',
    shows: ['addEventListener()', 'removeEventListener()'],
    async look({ page, say, called }) {
      await page.evaluate(() => {
        const listen = () => {
          window.toolCalls.push('heard')
          window.chat.removeEventListener('chatkit.response.end', listen)
        }
        window.chat.addEventListener('chatkit.response.end', listen)
      })

      await say('hello')
      await say('again')

      expect(await called()).toEqual(['heard'])
    },
  },
]
