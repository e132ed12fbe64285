import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { chatAt, eventsOf } from '../support/chat.js'
import { COMMAND, startParley } from '../support/parley-process.js'

const run = promisify(execFile)
/** Nothing of the tests' own settings: the embedded database. */
const env = { PATH: process.env.PATH }

it('a user is exported while the server runs, and deleted when it does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-users-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const parley = (...args: string[]) => run(process.execPath, [COMMAND, 'users', ...args, '--data', folder], { env })
  const server = await startParley({ PARLEY_DATA: folder })
  onTestFinished(() => server.kill())
  for await (const _ of eventsOf(await chatAt(server.url).create('Keep me')));
  const { data } = await (await fetch(`${server.url}/api/admin/v1/users`)).json()
  const [user] = data

  const printed = await parley('export', user.id)
  const file = join(folder, 'export.jsonl')
  const written = await parley('export', user.id, '--out', file)
  const refused = await parley('delete', user.id).catch((thrown: { stderr: string; code: number }) => thrown)
  await server.stop()
  const deleted = await parley('delete', user.id)
  const again = await parley('delete', user.id).catch((thrown: { stderr: string; code: number }) => thrown)

  expect(printed.stdout).toContain('Keep me')
  expect(printed.stdout.trimEnd().split('\n').at(-1)).toMatch(/^\{"type":"end"/)
  expect(written.stdout).toBe(`Exported everything of the user "${user.id}" to ${file}.\n`)
  expect(readFileSync(file, 'utf8').split('\n').length).toBe(printed.stdout.split('\n').length)
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`DELETE /api/admin/v1/users/${user.id}`) })
  expect(deleted.stdout).toMatch(/^Deleted the user "[^"]+": 1 threads, 0 files, 0 sessions\.\n$/)
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('There is nothing of a user') })
})
