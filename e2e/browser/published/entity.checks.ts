import { expect } from 'vitest'
import type { Check, CheckedChat } from './check.js'

const of = (path: string, names: string[]) => names.map((name) => `${path}.${name}`)
const ENTITY = ['id', 'title', 'icon', 'group', 'data', 'interactive']
const COMMAND = ['id', 'label', 'description', 'icon', 'group']

/** A page that knows one order, and notes what it is asked. */
const knowOneOrder = ({ page }: CheckedChat) =>
  page.evaluate(() => {
    const order = {
      id: 'o1',
      title: 'Order 1',
      icon: 'suitcase',
      group: 'Orders',
      data: { number: '1' },
      interactive: true,
    }
    window.change({
      entities: {
        showComposerMenu: true,
        onTagSearch: async (query) => {
          window.toolCalls.push(query)
          return [order]
        },
        onClick: (entity) => window.toolCalls.push(entity),
        onRequestPreview: async (entity) => {
          window.toolCalls.push(entity)
          return { preview: { type: 'Basic', children: [{ type: 'Text', value: 'Two lamps, sent on Monday' }] } }
        },
      },
    })
  })

const ORDER = {
  id: 'o1',
  title: 'Order 1',
  icon: 'suitcase',
  group: 'Orders',
  data: { number: '1' },
  interactive: true,
}

/** What the page knows and the person can name. */
export const entityChecks: Check[] = [
  {
    sees: 'what the page finds for an @, and sends what was chosen',
    shows: ['entities.showComposerMenu', 'entities.onTagSearch', ...of('entities.onTagSearch()[]', ENTITY)],
    async look(chat) {
      const { page, frame, button, called, sent } = chat
      await knowOneOrder(chat)

      await button('Mention').click()
      await page.keyboard.type('ord')
      const option = frame.getByRole('group', { name: 'Orders' }).getByRole('option', { name: 'Order 1' })
      await option.locator('path:not([d=""])').waitFor({ state: 'attached' })
      await expect.poll(called).toContain('ord')
      await option.click()
      await frame.getByText('@Order 1').first().waitFor()
      await page.keyboard.press('Enter')

      await expect.poll(() => sent('threads.create')).toHaveLength(1)
      expect(sent('threads.create')[0]?.params.input.content).toEqual([
        { type: 'input_tag', id: 'o1', text: 'Order 1', group: 'Orders', data: { number: '1' }, interactive: true },
      ])
    },
  },
  {
    sees: 'a preview by the page of what an answer rests on, and the way there',
    shows: [
      'entities.onRequestPreview',
      'entities.onRequestPreview().preview',
      ...of('entities.onRequestPreview(entity)', ENTITY),
      ...of('entities.onClick(entity)', ENTITY),
    ],
    async look(chat) {
      const { frame, say, called, button } = chat
      await knowOneOrder(chat)
      await say('source')

      await button('1 source').click()
      const source = frame.locator('.sources').getByRole('button', { name: 'Order 1' })
      await source.hover()
      await frame.getByText('Two lamps, sent on Monday').waitFor()
      expect(await called()).toEqual([ORDER])
      await source.click()

      await expect.poll(called).toEqual([ORDER, ORDER])
    },
  },
  {
    sees: 'the page’s commands for a /, their menus, and what they bring',
    shows: [
      'commands.enabled',
      'commands.onSearch',
      'commands.onSelect',
      'commands.onSelect().type=menu',
      'commands.onSelect().type=entity',
      ...of('commands.onSearch()[]', COMMAND),
      ...of('commands.onSelect(command)', COMMAND),
      ...of('commands.onSelect().commands[]', COMMAND),
      ...of('commands.onSelect().entity', ENTITY),
    ],
    async look({ page, frame, composer, called, sent }) {
      await page.evaluate(() => {
        const find = {
          id: 'find',
          label: 'Find',
          description: 'Something of ours',
          icon: 'search',
          group: 'Shop',
        } as const
        const order = {
          id: 'order',
          label: 'An order',
          description: 'By number',
          icon: 'suitcase',
          group: 'Ours',
        } as const
        const data = { number: '1' }
        const entity = { id: 'o1', title: 'Order 1', icon: 'suitcase', group: 'Orders', data, interactive: true }
        window.change({
          commands: {
            enabled: true,
            onSearch: async (query) => {
              window.toolCalls.push(query)
              return [find]
            },
            onSelect: async (command) => {
              window.toolCalls.push(command)
              return command.id === 'find' ? { type: 'menu', commands: [order] } : { type: 'entity', entity }
            },
          },
        })
      })
      await composer.focus()

      await page.keyboard.type('/fi')
      await frame
        .getByRole('group', { name: 'Shop' })
        .getByRole('option', { name: /Find.*Something of ours/ })
        .click()
      await frame
        .getByRole('group', { name: 'Ours' })
        .getByRole('option', { name: /An order.*By number/ })
        .click()
      await frame.getByText('@Order 1').first().waitFor()
      await page.keyboard.press('Enter')

      await expect.poll(() => sent('threads.create')).toHaveLength(1)
      expect(sent('threads.create')[0]?.params.input.content).toEqual([
        { type: 'input_tag', id: 'o1', text: 'Order 1', group: 'Orders', data: { number: '1' }, interactive: true },
      ])
      expect(await called()).toContain('fi')
      expect(await called()).toEqual(
        expect.arrayContaining([
          { id: 'find', label: 'Find', description: 'Something of ours', icon: 'search', group: 'Shop' },
          { id: 'order', label: 'An order', description: 'By number', icon: 'suitcase', group: 'Ours' },
        ]),
      )
    },
  },
]
