import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { chatAt, eventsOf } from '../support/chat.js'
import { COMMAND, startParley } from '../support/parley-process.js'

const run = promisify(execFile)
/** Nothing of the tests' own settings: both use the embedded database. */
const env = { PATH: process.env.PATH }

it('a backup of a running server, restored elsewhere, holds its threads', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-backup-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [there, here, file] = [join(folder, 'there'), join(folder, 'here'), join(folder, 'backup.gz')]
  const first = await startParley({ PARLEY_DATA: there })
  onTestFinished(() => first.kill())
  for await (const _ of eventsOf(await chatAt(first.url).create('Keep me')));

  const backedUp = await run(process.execPath, [COMMAND, 'backup', file, '--data', there], { env })
  const restored = await run(process.execPath, [COMMAND, 'restore', file, '--data', here], { env })

  expect(backedUp.stdout).toMatch(/^Backed up \d+ rows and 0 files/)
  expect(restored.stdout).toMatch(/^Restored \d+ rows/)
  const second = await startParley({ PARLEY_DATA: here })
  onTestFinished(() => second.kill())
  const threads = await Promise.all([first, second].map(({ url }) => chatAt(url).threads()))
  expect(threads[1]).toEqual(threads[0])
  expect(threads[1]?.data).toHaveLength(1)
})
