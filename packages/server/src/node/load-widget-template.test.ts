import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadWidgetTemplate } from './load-widget-template.js'

const draft = new URL('../widgets/fixtures/draft.widget', import.meta.url)

describe('B6: a widget file on disk', () => {
  it.each<[string, string | URL]>([
    ['URL', draft],
    ['URL as text', draft.href],
    ['path', fileURLToPath(draft)],
  ])('is loaded by its %s', async (_, file) => {
    const { name, render } = await loadWidgetTemplate(file)

    expect(name).toBe('Draft')
    expect(render({ subject: 'Hi', body: '', done: true, notes: null })).toMatchObject({ type: 'Card' })
  })

  it('that is not there fails by its path', async () => {
    await expect(loadWidgetTemplate(new URL('./none.widget', import.meta.url))).rejects.toThrow(/none\.widget/)
  })
})
