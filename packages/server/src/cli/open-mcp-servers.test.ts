import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openMcpServers } from './open-mcp-servers.js'

const folder = mkdtempSync(join(tmpdir(), 'parley-mcp-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** As it stands in the file. */
const variable = (name: string) => ['$', '{', name, '}'].join('')

const open = (content: unknown, env = {}) => {
  const path = join(folder, 'servers.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return openMcpServers(path, env)
}

describe('A10: the file of MCP servers', () => {
  it('is written as other programs write it, with variables', () => {
    const servers = open(
      {
        mcpServers: {
          files: { command: 'npx', args: ['-y', 'files', `${variable('HOME')}/docs`], env: { KEY: 'k' } },
          docs: {
            type: 'http',
            url: 'https://docs.example.com/mcp',
            headers: { 'x-key': variable('KEY') },
            timeout: 5,
          },
        },
      },
      { HOME: '/home/ada', KEY: 'secret' },
    )

    expect(servers).toEqual([
      { id: 'files', command: 'npx', args: ['-y', 'files', '/home/ada/docs'], env: { KEY: 'k' } },
      { id: 'docs', url: 'https://docs.example.com/mcp', headers: { 'x-key': 'secret' }, timeoutMs: 5000 },
    ])
    expect(openMcpServers(undefined, {})).toEqual([])
  })

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /is no JSON/],
    ['no servers', {}, /mcpServers/],
    ['a server that is nowhere', { mcpServers: { files: {} } }, /mcpServers\.files/],
    ['an address that is none', { mcpServers: { docs: { url: 'docs' } } }, /docs: url must be a full address/],
    [
      'a variable that is not set',
      { mcpServers: { docs: { url: `https://${variable('HOST_OF_DOCS')}/` } } },
      /HOST_OF_DOCS is not set/,
    ],
  ])('is refused with %s', (_, content, message) => {
    expect(() => open(content)).toThrow(message)
  })
})
