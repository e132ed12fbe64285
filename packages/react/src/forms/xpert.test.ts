import { describe, expect, it } from 'vitest'
import { fromXpert } from './xpert.js'

const api = { apiUrl: 'https://api.example.com/api/ai', xpertId: 'support', getClientSecret: async () => 'cs-x-1' }

describe('fromXpert', () => {
  it.each([
    ['https://chat.example.com/chatkit/frame/', 'https://chat.example.com'],
    ['https://chat.example.com/chatkit/frame/index.html?v=2', 'https://chat.example.com'],
    ['https://example.com/parley/chatkit', 'https://example.com/parley'],
    ['https://chat.example.com', 'https://chat.example.com'],
    ['/chatkit/frame/', '/'],
    [undefined, 'https://api.example.com'],
  ])('finds the server of the frame %s', (frameUrl, server) => {
    expect(fromXpert({ frameUrl, api }).src).toBe(server)
  })

  it('says which agent is meant, for a secret that reaches several', () => {
    expect(fromXpert({ api }).api).toMatchObject({ appId: 'support' })
  })

  it('passes a plain secret on, and an endpoint of one’s own without what only Xpert needs', async () => {
    const session = fromXpert({ api }).api
    expect(session && 'getClientSecret' in session && (await session.getClientSecret(null))).toBe('cs-x-1')

    const given = async () => ({ secret: 'cs-x-2', assistantId: 'billing', organizationId: 'acme' })
    const named = fromXpert({ api: { ...api, getClientSecret: given } }).api
    expect(named && 'getClientSecret' in named && (await named.getClientSecret(null))).toEqual({
      secret: 'cs-x-2',
      appId: 'billing',
      organizationId: 'acme',
    })

    const own = { url: '/api/chatkit', domainKey: 'local' }
    expect(fromXpert({ api: { ...own, apiUrl: 'https://api.example.com' } }).api).toEqual(own)
  })
})
