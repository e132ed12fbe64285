import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { EVERYTHING, startEverything } from '../../packages/server/src/testing/everything-server.js'
import { freePort } from '../../packages/server/src/testing/free-port.js'
import { COMMAND, startParley } from '../support/parley-process.js'

const KEY = 'a-key-that-only-these-tests-know-of'
const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'parley-mcp-command-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('E4: parley mcp', () => {
  it('offers the apps to a program that starts it, with servers of the settings beside them', async () => {
    writeFileSync(
      join(folder, 'servers.json'),
      JSON.stringify({ mcpServers: { every: { command: process.execPath, args: [EVERYTHING, 'stdio'] } } }),
    )
    const client = new Client({ name: 'test', version: '1' })
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [COMMAND, 'mcp'],
      cwd: folder,
      env: { PARLEY_MCP_SERVERS: join(folder, 'servers.json') },
      stderr: 'pipe',
    })
    const progress: string[] = []

    await client.connect(transport)
    const { tools } = await client.listTools()
    const result = await client.callTool({ name: 'demo', arguments: { message: 'Hello' } }, undefined, {
      onprogress: ({ message }) => progress.push(message ?? ''),
    })
    const { thread_id } = result.structuredContent as { thread_id: string }
    const again = await client.callTool({ name: 'demo', arguments: { message: 'And now?', thread_id } })
    await client.close()

    expect(tools.map(({ name }) => name)).toContain('demo')
    expect(result.structuredContent).toMatchObject({ status: 'completed', text: expect.stringMatching(/\w/) })
    expect(progress.length).toBeGreaterThan(0)
    expect(again.structuredContent).toMatchObject({ thread_id })
  })

  it('has a handbook whose lines work as they stand', async () => {
    const port = await freePort()
    const [everything, parley] = await Promise.all([
      startEverything(port),
      startParley({ PARLEY_DATA: join(folder, 'data'), PARLEY_API_KEY: KEY, PARLEY_PRIVATE_HOSTS: '127.0.0.1' }),
    ])
    onTestFinished(async () => {
      await Promise.all([everything.close(), parley.kill()])
    })
    const handbook = readFileSync(new URL('../../docs/mcp.md', import.meta.url), 'utf8')
      .replaceAll('http://localhost:8787', parley.url)
      .replaceAll('127.0.0.1:3001', `127.0.0.1:${port}`)
    const snippets = [...handbook.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code = '']) => code)

    const answers: unknown[] = []
    for (const snippet of snippets)
      answers.push(
        JSON.parse((await run('sh', ['-c', snippet], { env: { ...process.env, PARLEY_API_KEY: KEY } })).stdout),
      )

    expect(answers).toMatchObject([
      { object: 'mcp_server', id: 'everything' },
      { problem: null },
      { object: 'app', id: 'sums', problems: [] },
      { object: 'secret', id: 'DOCS_KEY' },
      { result: { structuredContent: { status: 'completed' } } },
    ])
  })

  it('says what to do where no server answers', async () => {
    const client = new Client({ name: 'test', version: '1' })
    const args = [COMMAND, 'mcp', '--server', 'http://127.0.0.1:9']

    await expect(
      client.connect(new StdioClientTransport({ command: process.execPath, args, cwd: folder, stderr: 'pipe' })),
    ).rejects.toThrow('The server cannot be reached')
  })
})
