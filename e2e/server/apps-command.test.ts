import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { COMMAND } from '../support/parley-process.js'

const folder = mkdtempSync(join(tmpdir(), 'parley-apps-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function parley(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}

describe('E1: parley apps', () => {
  it('says what to do when there are none, writes a first one, and finds it in order', () => {
    expect(parley('apps')).toMatchObject({ status: 1, output: expect.stringContaining('parley apps new <name>') })
    expect(parley('apps', 'new', '../up')).toMatchObject({ status: 1, output: expect.stringContaining('cannot be') })
    expect(parley('apps', 'new', 'support')).toMatchObject({
      status: 0,
      output: expect.stringContaining('/?app=support'),
    })
    expect(parley('apps', 'new', 'support')).toMatchObject({
      status: 1,
      output: expect.stringContaining('is there already'),
    })
    expect(parley('apps')).toMatchObject({ status: 0, output: expect.stringContaining('✓ support') })
  })

  it('ends with 1 for a file that cannot be read, and names the place', () => {
    writeFileSync(join(folder, 'apps/bad.ts'), 'export const respond = 1\n\nconst oops: = 3')

    const { status, output } = parley('apps')

    expect(status).toBe(1)
    expect(output).toMatch(/✗ bad\n.*apps\/bad\.ts:3:\d+/)
    expect(output).toContain('1 of 2 apps cannot be read.')
  })
})
