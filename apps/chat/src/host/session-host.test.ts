import { type Channel, openChannel, type PageApi } from '@parley/element/bridge'
import { describe, expect, it } from 'vitest'
import type { ChatOptions } from '../store/options.js'
import { createCustomWidgetLink } from './custom-widgets.js'
import { createSessionHost } from './session-host.js'

function hostWith(options: ChatOptions) {
  const { port1, port2 } = new MessageChannel()
  const emitted: [string, unknown][] = []
  const answering = openChannel<Pick<PageApi, 'emit' | 'callOption'>, Record<never, never>>(port1, {
    emit: (name, detail) => void emitted.push([name, detail]),
    callOption: async (path, args) => ({ path, args }),
  })
  const page: Channel<PageApi> = openChannel<Record<never, never>, PageApi>(port2, {})
  return {
    host: createSessionHost(page, () => options, { customWidgets: createCustomWidgetLink(page).link }),
    emitted,
    page,
    close: answering.close,
  }
}

describe('the page as the session sees it', () => {
  it('runs client tools when the page has some', async () => {
    const { host, close } = hostWith({ onClientTool: true })

    const result = await host.callClientTool?.({ name: 'zoom', params: { by: 2 } }, 'call_1')

    expect(result).toEqual({ path: 'onClientTool', args: [{ name: 'zoom', params: { by: 2 } }, 'call_1'] })
    close()
  })

  it('offers no client tools when the page has none', () => {
    const { host, close } = hostWith({})

    expect(host.callClientTool).toBeUndefined()
    close()
  })

  it('tells the page what is behind an error', async () => {
    const { host, emitted, close } = hostWith({})
    const cause = new Error('CORS.')

    host.emit('chatkit.error', { error: new RangeError('No answer.', { cause }) })
    await host.callFunction('header.leftAction.onClick', [])

    expect(emitted).toEqual([['chatkit.error', { error: expect.objectContaining({ message: 'No answer. CORS.' }) }]])
    close()
  })
})
