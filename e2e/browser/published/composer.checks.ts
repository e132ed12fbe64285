import { expect } from 'vitest'
import type { Check } from './check.js'

const TOOLS = [
  { id: 'web', label: 'Search the web', icon: 'globe', shortLabel: 'Web', placeholderOverride: 'Search for …' },
  { id: 'notes', label: 'My notes', icon: 'notebook', pinned: true, persistent: true },
] as const

const MODELS = [
  { id: 'small', label: 'Small', description: 'Quick answers' },
  { id: 'large', label: 'Large', description: 'Thorough answers', default: true },
  { id: 'huge', label: 'Huge', disabled: true },
]

/** Where the person writes. */
export const composerChecks: Check[] = [
  {
    sees: 'the placeholder',
    shows: ['composer.placeholder'],
    given: { composer: { placeholder: 'Ask the shop' } },
    async look({ frame }) {
      await frame.getByPlaceholder('Ask the shop').waitFor()
    },
  },
  {
    sees: 'a microphone to dictate with',
    shows: ['composer.dictation.enabled'],
    given: { composer: { dictation: { enabled: true } } },
    async look({ button, frame }) {
      await button('Dictate').click()
      await frame.getByRole('group', { name: 'Dictation' }).waitFor()
    },
  },
  {
    sees: 'a tool chosen for one message',
    shows: ['id', 'label', 'shortLabel', 'placeholderOverride'].map((name) => `composer.tools[].${name}`),
    given: { composer: { tools: [...TOOLS] } },
    async look({ button, frame, say, sent, events }) {
      await button('Choose a tool').click()
      await frame.getByRole('menuitemradio', { name: 'Search the web' }).click()
      await frame.getByText('Web', { exact: true }).waitFor()
      await frame.getByPlaceholder('Search for …').waitFor()
      expect(await events('chatkit.tool.change')).toEqual([{ toolId: 'web' }])

      await say('hello')

      expect(sent('threads.create')[0]?.params.input.inference_options).toEqual({ tool_choice: { id: 'web' } })
      expect(await events('chatkit.tool.change')).toEqual([{ toolId: 'web' }, { toolId: null }])
    },
  },
  {
    sees: 'a tool at hand that stays chosen',
    shows: ['composer.tools[].pinned', 'composer.tools[].persistent'],
    given: { composer: { tools: [...TOOLS] } },
    async look({ button, say, sent }) {
      await button('My notes').click()
      await button('Stop using My notes').waitFor()

      await say('hello')
      await say('again')

      await button('Stop using My notes').waitFor()
      expect(sent('threads.add_user_message')[0]?.params.input.inference_options).toEqual({
        tool_choice: { id: 'notes' },
      })
    },
  },
  {
    sees: 'a picture of its own for every icon of a tool',
    shows: ['composer.tools[].icon'],
    async look({ surface, change, frame, button }) {
      const icons = surface.lists.get('composer.tools[].icon') ?? []
      await change({
        composer: { tools: icons.map((icon) => ({ id: icon, label: icon, icon: icon as 'bug', pinned: true })) },
      })
      for (const icon of icons) {
        const path = frame.getByRole('button', { name: icon, exact: true }).locator('path:not([d=""])')
        await path.waitFor({ state: 'attached' })
        expect(await path.getAttribute('d'), icon).not.toBe('M10 9.6v.8')
      }
      await button('bug').waitFor()
    },
  },
  {
    sees: 'the models with what is said of them, and the one that answers',
    shows: ['id', 'label', 'description', 'disabled', 'default'].map((name) => `composer.models[].${name}`),
    given: { composer: { models: MODELS } },
    async look({ button, frame, say, sent }) {
      await say('hello')
      expect(sent('threads.create')[0]?.params.input.inference_options).toEqual({ model: 'large' })

      await button(/Model: Large/).click()
      expect(await frame.getByRole('menuitemradio', { name: /Huge/ }).isDisabled()).toBe(true)
      await frame.getByRole('menuitemradio', { name: /Small.*Quick answers/ }).click()
      await say('again')

      expect(sent('threads.add_user_message')[0]?.params.input.inference_options).toEqual({ model: 'small' })
    },
  },
  {
    sees: 'files go along once the page allows them',
    shows: ['composer.attachments.enabled', 'api.uploadStrategy.type=two_phase'],
    async look({ page, frame, composer, sent, button }) {
      expect(await button('Attach files').count()).toBe(0)
      await page.evaluate(() => {
        const { api } = window.options
        if ('url' in api) {
          window.change({
            api: { ...api, uploadStrategy: { type: 'two_phase' } },
            composer: { attachments: { enabled: true } },
          })
        }
      })
      await frame.locator('input[type=file]').setInputFiles(textFile('notes.txt'))
      await frame.locator('.upload-done').waitFor()

      await composer.fill('read this')
      await page.keyboard.press('Enter')

      await frame.getByRole('log').getByText('notes.txt').waitFor()
      expect(sent('attachments.create')).toHaveLength(1)
      await expect.poll(() => sent('threads.create')).toHaveLength(1)
      expect(sent('threads.create')[0]?.params.input.attachments).toEqual([expect.any(String)])
    },
  },
  {
    sees: 'files go up in one step',
    shows: ['api.uploadStrategy.type=direct', 'api.uploadStrategy.uploadUrl'],
    async look({ page, frame, sent }) {
      const uploaded = page.waitForRequest(/\/api\/chatkit\/files$/)
      await page.evaluate(() => {
        const { api } = window.options
        if ('url' in api) {
          window.change({
            api: { ...api, uploadStrategy: { type: 'direct', uploadUrl: `${api.url}/files` } },
            composer: { attachments: { enabled: true } },
          })
        }
      })

      await frame.locator('input[type=file]').setInputFiles(textFile('notes.txt'))

      await uploaded
      await frame.locator('.upload-done').waitFor()
      expect(sent('attachments.create')).toEqual([])
    },
  },
  {
    sees: 'what is wrong with a file, in words',
    shows: ['composer.attachments.maxSize', 'composer.attachments.maxCount', 'composer.attachments.accept'],
    given: {
      composer: {
        attachments: {
          enabled: true,
          maxSize: { 'text/*': 8, '*': 2000 },
          maxCount: 1,
          accept: { 'text/plain': ['.txt'] },
        },
      },
    },
    async look({ frame }) {
      const field = frame.locator('input[type=file]')
      const refusal = (words: RegExp) => frame.getByRole('alert').getByText(words).waitFor()
      expect(await field.getAttribute('accept')).toContain('text/plain')

      await field.setInputFiles(textFile('long.txt', 'far too long'))
      await refusal(/too large/)
      await field.setInputFiles({ ...textFile('a.png'), mimeType: 'image/png' })
      await refusal(/cannot be attached/)
      await field.setInputFiles(textFile('one.txt'))
      await frame.locator('.upload-done').waitFor()
      await field.setInputFiles(textFile('two.txt'))
      await refusal(/up to 1/)
    },
  },
]

function textFile(name: string, text = 'short') {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(text) }
}
