import { describe, expect, it } from 'vitest'
import { checkOptions } from './check-options.js'

const messages = (given: unknown) => checkOptions(given).warnings.map(({ message }) => message)

describe('checking the options of a page', () => {
  it('passes every published option', () => {
    const options = {
      api: { url: '/api/chatkit', domainKey: 'local', fetch: () => undefined },
      locale: 'de',
      theme: { colorScheme: 'dark' },
      frameTitle: 'Help',
      initialThread: null,
      onClientTool: () => ({}),
      header: {},
      history: {},
      startScreen: { prompts: [] },
      threadItemActions: {},
      composer: { tools: [], models: [] },
      disclaimer: { text: 'x' },
      entities: {},
      commands: { enabled: true },
      widgets: {},
      thread: {},
    }

    expect(checkOptions(options)).toEqual({ options, warnings: [] })
  })

  it.each([
    [{ theme: 'blue' }, 'theme', /"light", "dark"/],
    [{ api: 'https://x' }, 'api', /Use \{ url/],
    [{ api: {} }, 'api', /has no "url"/],
    [{ api: { getClientSecret: 'secret' } }, 'api', /not a function/],
    [{ initialThread: 7 }, 'initialThread', /must be a string, not a number/],
    [{ onClientTool: {} }, 'onClientTool', /must be a function/],
    [{ header: true }, 'header', /must be an object/],
    [{ composer: { tools: {} } }, 'composer', /"tools" that is not a list/],
  ])('names the option and the cure in %o and goes on without it', (given, option, cure) => {
    const { options, warnings } = checkOptions({ ...given, frameTitle: 'Help' })

    expect(warnings).toEqual([{ option, message: expect.stringMatching(cure) }])
    expect(options).toEqual({ frameTitle: 'Help' })
  })

  it('points from foreign names to ours', () => {
    expect(messages({ primaryColor: 'red' })[0]).toContain('theme.primaryColor')
    expect(messages({ workflowId: 'wf_1' })[0]).toContain('getClientSecret')
    expect(messages({ onThreadChange: () => undefined })[0]).toContain('"chatkit.thread.change"')
    expect(messages({ showThinking: true })[0]).toContain('ignored')
    expect(messages({ constructor: 1 })[0]).toContain('not a ChatKit option')
  })

  it('survives options that are no object at all', () => {
    expect(checkOptions(undefined).options).toEqual({})
    expect(messages(null)[0]).toContain('needs an object, not null')
  })
})
