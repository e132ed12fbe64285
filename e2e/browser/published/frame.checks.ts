import { expect } from 'vitest'
import type { Check } from './check.js'

/** Where the chat talks to, in which language, and what of it comes first. */
export const frameChecks: Check[] = [
  {
    sees: 'an accessible name on the frame',
    shows: ['frameTitle'],
    given: { frameTitle: 'Customer service' },
    async look({ page }) {
      await page.locator('iframe[title="Customer service"]').waitFor()
    },
  },
  {
    sees: 'an answer from the address of the page, without asking about its domain',
    shows: ['api.url', 'api.domainKey'],
    async look({ page, say, events, reads }) {
      await page.evaluate(() => {
        const { api } = window.options
        if ('url' in api) window.change({ api: { url: `${api.url}?tenant=7`, domainKey: 'domain_pk_1' } })
      })
      const asked = page.waitForRequest(/tenant=7$/)

      await say('hello')

      await asked
      await reads('You said: hello')
      expect(await events('chatkit.log')).toEqual([])
    },
  },
  {
    sees: 'requests made by a fetch of the page',
    shows: ['api.fetch'],
    async look({ page, say, called, reads }) {
      await page.evaluate(() => {
        const { api } = window.options
        if (!('url' in api)) return
        const own: typeof fetch = (url, init) => {
          window.toolCalls.push('fetch')
          return fetch(url, init)
        }
        window.change({ api: { ...api, fetch: own } })
      })

      await say('hello')

      await reads('You said: hello')
      expect(await called()).toContain('fetch')
    },
  },
  {
    sees: 'an answer in a session of the page’s own server',
    shows: ['api.getClientSecret'],
    async look({ page, say, headers, called, reads }) {
      const endpoint = await page.evaluate(() => ('url' in window.options.api ? window.options.api.url : ''))
      await page.route('**/v1/chatkit/conversation', (route) => route.continue({ url: endpoint }))
      await page.evaluate(() =>
        window.change({
          api: {
            getClientSecret: async (current) => {
              window.toolCalls.push(current)
              return 'secret'
            },
          },
        }),
      )

      await say('hello')

      await reads('You said: hello')
      expect(headers().at(-1)).toMatchObject({ authorization: 'Bearer secret' })
      expect(await called()).toEqual([null])
    },
  },
  {
    sees: 'the conversation to open first',
    shows: ['initialThread'],
    async look({ page, say, reads }) {
      await say('remember me')

      await page.reload() // the page of these checks keeps the thread in its address

      await reads('You said: remember me')
    },
  },
  {
    sees: 'the interface in the language asked for, and the server told of it',
    shows: ['locale'],
    async look({ page, surface, change, frame, headers, events }) {
      const root = frame.locator('html')
      for (const locale of surface.lists.get('locale') ?? []) {
        await change({ locale: locale as 'en' }) // one of the published
        const wanted = [locale.split('-')[0], 'en']
        const shown = () => root.evaluate(({ lang, dir }: HTMLElement) => [lang.split('-')[0], dir])
        const written = (lang = '') => [lang, /^(ar|ur)/.test(lang) ? 'rtl' : 'ltr']
        await expect.poll(shown, { message: locale }).toBeOneOf(wanted.map(written))
      }
      await change({ locale: 'fr' })
      await frame.locator('html[lang=fr]').waitFor()

      await page.evaluate(() => window.chat.sendUserMessage({ text: 'bonjour' }))

      expect(headers().at(-1)?.['accept-language']).toMatch(/^fr/)
      expect(await events('chatkit.log')).toEqual([])
    },
  },
  {
    sees: 'the greeting and the prompts that begin a chat',
    shows: ['startScreen.greeting', 'startScreen.prompts[].label'],
    given: {
      startScreen: { greeting: 'Good to see you', prompts: [{ label: 'Orders', prompt: 'Where is my order?' }] },
    },
    async look({ frame, button, reads }) {
      await frame.getByRole('heading', { name: 'Good to see you' }).waitFor()

      await button('Orders').click()

      await reads('You said: Where is my order?')
    },
  },
  {
    sees: 'a prompt with a tag in it',
    shows: ['text', 'type=input_text', 'type=input_tag', 'id', 'group', 'data', 'interactive'].map(
      (name) => `startScreen.prompts[].prompt[].${name}`,
    ),
    given: {
      startScreen: {
        prompts: [
          {
            label: 'Ask Ada',
            prompt: [
              { type: 'input_text', text: 'What does ' },
              { type: 'input_tag', id: 'u1', text: 'Ada', group: 'People', data: { team: '7' }, interactive: true },
            ],
          },
        ],
      },
    },
    async look({ button, frame, sent }) {
      await button('Ask Ada').click()

      await frame.getByText('@Ada').waitFor()
      await expect.poll(() => sent('threads.create')).toHaveLength(1)
      expect(sent('threads.create')[0]?.params.input.content).toEqual([
        { type: 'input_text', text: 'What does ' },
        { type: 'input_tag', id: 'u1', text: 'Ada', group: 'People', data: { team: '7' }, interactive: true },
      ])
    },
  },
  {
    sees: 'a picture of its own for every icon of a prompt',
    shows: ['startScreen.prompts[].icon'],
    async look({ surface, change, frame }) {
      const icons = surface.lists.get('startScreen.prompts[].icon') ?? []
      await change({
        startScreen: { prompts: icons.map((icon) => ({ label: icon, prompt: icon, icon: icon as 'bug' })) },
      })
      for (const icon of icons) {
        const path = frame.getByRole('button', { name: icon, exact: true }).locator('path:not([d=""])')
        await path.first().waitFor({ state: 'attached' })
      }
      const paths = await frame
        .locator('.start-prompt path')
        .evaluateAll((all) => all.map((path) => path.getAttribute('d')))
      expect(icons.filter((_, at) => paths[at] === UNKNOWN_ICON)).toEqual([])
    },
  },
  {
    sees: 'a word of caution under the composer, plainer on demand',
    shows: ['disclaimer.text', 'disclaimer.highContrast'],
    given: { disclaimer: { text: 'Check what matters. [Why?](https://example.com/why)' } },
    async look({ frame, change }) {
      const words = frame.getByText('Check what matters.')
      await words.waitFor()
      expect(await frame.getByRole('link', { name: 'Why?' }).getAttribute('href')).toBe('https://example.com/why')
      const color = () => words.evaluate((element) => getComputedStyle(element).color)
      const quiet = await color()

      await change({ disclaimer: { text: 'Check what matters.', highContrast: true } })

      await expect.poll(color).not.toBe(quiet)
    },
  },
]

/** The dot that stands for an icon the chat does not know. */
const UNKNOWN_ICON = 'M10 9.6v.8'
