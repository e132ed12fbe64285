import { describe, expect, it } from 'vitest'
import { readRun, sourceOf, testRunContext, userMessage } from '../agents/testing.js'
import { offlineModel } from '../models/offline/offline-model.js'
import { calculate } from './calculate.js'
import { demoApp } from './demo-app.js'

const ask = async (text: string) => {
  const context = testRunContext([userMessage(text)])
  const { events, error } = await readRun(demoApp(sourceOf(offlineModel({ wordMs: 0 }))).run(context))
  const message = events.flatMap((event) =>
    event.type === 'thread.item.done' && event.item.type === 'assistant_message' ? [event.item] : [],
  )[0]
  const steps = events.flatMap((event) =>
    event.type === 'thread.item.done' && event.item.type === 'workflow' ? event.item.workflow.tasks : [],
  )
  return {
    error,
    text: message?.content[0]?.text ?? '',
    annotations: message?.content[0]?.annotations ?? [],
    steps,
    context,
  }
}

describe('the demo app with the offline model', () => {
  it('quotes the handbook with citations and says what it is', async () => {
    const { text, annotations, steps, error } = await ask('How do I connect a model?')

    expect(error).toBeUndefined()
    expect(steps).toMatchObject([{ title: 'Looked it up in the handbook', status_indicator: 'complete' }])
    expect(text).toContain('### Connecting a model')
    expect(text).toContain('OPENAI_BASE_URL=')
    expect(text).toContain('not a language model')
    expect(text).not.toMatch(/\[\d\]/)
    expect(annotations[0]).toMatchObject({
      source: { type: 'file', filename: 'about-parley.md', title: 'Connecting a model' },
    })
    expect(text.slice(0, annotations[0]?.index)).toMatch(/start the server again:$/)
  })

  it('hands code questions over to the specialist, who looks them up', async () => {
    const { text, steps } = await ask('I need help with the integration: how do I embed this chat in my page?')

    expect(steps).toMatchObject([
      { title: 'Handed over to Integration helper' },
      { title: 'Looked it up in the handbook' },
    ])
    expect(text).toContain('<openai-chatkit')
  })

  it('calls a tool whose result can be seen', async () => {
    const { text, steps } = await ask('What is (19 + 23) * 12?')

    expect(steps).toMatchObject([{ title: 'Calculated', content: '(19 + 23) * 12', status_indicator: 'complete' }])
    expect(text).toContain('(19 + 23) * 12 = 504')
  })

  it('tells the time of the server', async () => {
    expect((await ask('What time is it?')).text).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/)
  })

  it('says what it is when asked, and how to connect a model', async () => {
    const { text, steps } = await ask('Who are you?')

    expect(text).toContain('not a language model')
    expect(text).toContain('OPENAI_API_KEY=')
    expect(steps).toEqual([])
  })

  it('titles the thread after the first message', async () => {
    expect((await ask('How do I connect a model?')).context.thread.title).toBe('How do I connect a model?')
  })
})

describe('calculate', () => {
  it.each([
    ['(19 + 23) * 12', 504],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['1,000 / 8', 125],
    ['7 % 4 - 1', 2],
    ['1 +', undefined],
    ['alert(1)', undefined],
    ['1 / 0', undefined],
  ])('%s is %s', (expression, result) => {
    expect(calculate(expression)).toBe(result)
  })
})
