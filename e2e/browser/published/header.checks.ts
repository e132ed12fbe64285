import type { HeaderIcon } from '@openai/chatkit'
import { expect } from 'vitest'
import type { Check } from './check.js'

/** The line above the conversation, and the history behind its button. */
export const headerChecks: Check[] = [
  {
    sees: 'no header',
    shows: ['header.enabled'],
    async look({ frame, change }) {
      await frame.getByRole('banner').waitFor()

      await change({ header: { enabled: false } })

      await frame.getByRole('banner').waitFor({ state: 'detached' })
    },
  },
  {
    sees: 'the title of the page’s choice, or none',
    shows: ['header.title.text', 'header.title.enabled'],
    given: { header: { title: { text: 'Help desk' } } },
    async look({ frame, change, say }) {
      const title = frame.getByRole('heading', { level: 1 })
      await say('hello')
      expect(await title.textContent()).toBe('Help desk')

      await change({ header: { title: { enabled: false } } })

      await expect.poll(() => title.textContent()).not.toContain('hello')
    },
  },
  ...(['leftAction', 'rightAction'] as const).map(
    (side): Check => ({
      sees: `a button of the page, the ${side}, with each of its icons`,
      shows: [`header.${side}.icon`, `header.${side}.onClick`],
      async look({ page, surface, frame, called }) {
        for (const icon of surface.lists.get(`header.${side}.icon`) ?? []) {
          await page.evaluate(
            ([side, icon]) => {
              const onClick = () => window.toolCalls.push(icon)
              window.change({ header: { [side]: { icon, onClick } } })
            },
            [side, icon as HeaderIcon] as const,
          )
          const button = frame.getByRole('banner').getByRole('button', { name: icon.replaceAll('-', ' '), exact: true })
          await button.locator('path:not([d=""])').waitFor({ state: 'attached' })
          expect(await button.locator('path').getAttribute('d'), icon).not.toBe('M10 9.6v.8')
          if (icon !== 'home' && icon !== 'close') continue
          await button.click()
          await expect.poll(called).toContain(icon) // the page's newest function is called: no other may take its place yet
        }
        await expect.poll(called).toEqual(['home', 'close'])
      },
    }),
  ),
  {
    sees: 'no history',
    shows: ['history.enabled'],
    given: { history: { enabled: false } },
    async look({ button }) {
      await button('Open chat history').waitFor({ state: 'detached' })
    },
  },
  {
    sees: 'the history without what the page does not allow',
    shows: ['history.showDelete', 'history.showRename'],
    async look({ say, button, change }) {
      await say('my plan')
      await button('Open chat history').click()
      await button('Rename About my plan').waitFor()
      await button('Delete About my plan').waitFor()

      await change({ history: { showDelete: false, showRename: false } })

      await button('Rename About my plan').waitFor({ state: 'detached' })
      await button('Delete About my plan').waitFor({ state: 'detached' })
    },
  },
]
