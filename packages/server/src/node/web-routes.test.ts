import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '../http/route.js'
import { webRoutes } from './web-routes.js'

describe('browser files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-web-'))
  let route: Route | undefined

  beforeAll(async () => {
    writeFileSync(join(folder, 'chatkit.js'), 'let a = 1')
    writeFileSync(join(folder, 'chatkit.js.br'), brotliCompressSync('let a = 1'))
    const file = {
      file: 'chatkit.js',
      encodings: { br: 'chatkit.js.br' },
      size: 9,
      headers: { 'content-type': 'text/javascript; charset=utf-8', etag: '"abc"', 'cache-control': 'no-cache' },
    }
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: 1, files: { '/chatkit.js': file } }))
    route = (await webRoutes(folder))[0]
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const ask = async (headers: Record<string, string> = {}) => {
    const response = await route?.handle(new Request('http://localhost/chatkit.js', { headers }), {
      params: {},
      requestId: 'r',
    })
    return response as Response // the manifest has one file
  }

  it('serves a file with the headers of the manifest', async () => {
    const response = await ask()
    expect(await response.text()).toBe('let a = 1')
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('vary')).toBe('accept-encoding')
    expect(response.headers.get('content-encoding')).toBeNull()
  })

  it.each([
    ['gzip, deflate, br', 'br'],
    ['br;q=0.5', 'br'],
    ['br;q=0, identity', null],
    ['identity', null],
  ])('with "accept-encoding: %s" sends it as %s', async (accepted, encoding) => {
    expect((await ask({ 'accept-encoding': accepted })).headers.get('content-encoding')).toBe(encoding)
  })

  it('answers 304 to a browser that has it', async () => {
    expect((await ask({ 'if-none-match': 'W/"abc"' })).status).toBe(304)
    expect((await ask({ 'if-none-match': '"old"' })).status).toBe(200)
  })

  it('sends who writes a page with a slash too many to where its files are', async () => {
    const page = { file: 'chatkit.js', encodings: {}, size: 9, headers: {} }
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: 1, files: { '/studio': page } }))
    const [route] = await webRoutes(folder)

    const answer = await route?.handle(new Request('http://localhost/studio/'), { params: {}, requestId: 'r' })

    expect([answer?.status, answer?.headers.get('location')]).toEqual([308, '../studio'])
  })

  it('names the pages that may embed a page which leaves it open', async () => {
    const policies = async (embedders?: string[]) => {
      const page = (path: string, policy: string) => ({
        [path]: { file: 'chatkit.js', encodings: {}, size: 9, headers: { 'content-security-policy': policy } },
      })
      const files = { ...page('/frame', "default-src 'none'"), ...page('/', "frame-ancestors 'none'") }
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: 1, files }))
      const routes = await webRoutes(folder, { embedders })
      const ask = ({ path, handle }: Route) =>
        handle(new Request(`http://localhost${path}`), { params: {}, requestId: 'r' })
      const answers = await Promise.all(routes.map(ask))
      return answers.map(({ headers }) => headers.get('content-security-policy'))
    }

    expect(await policies()).toEqual(["default-src 'none'", "frame-ancestors 'none'"])
    expect(await policies(['https://shop.test'])).toEqual([
      "default-src 'none'; frame-ancestors 'self' https://shop.test",
      "frame-ancestors 'none'",
    ])
  })
})
