import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createProject, ProjectError } from './create-project.js'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'create-parley-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

it('makes a folder with everything a project needs', () => {
  const { folder, name } = createProject(join(parent, 'My Chat!'))

  expect(name).toBe('my-chat')
  expect(readdirSync(folder).sort()).toEqual(
    ['.env.example', '.gitignore', 'README.md', 'apps', 'dev.mjs', 'package.json', 'page'].sort(),
  )
  expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toMatchObject({
    name: 'my-chat',
    private: true,
    scripts: { dev: 'node dev.mjs' },
  })
})

it('writes into an empty folder, one with a fresh repository too', () => {
  mkdirSync(join(parent, 'here', '.git'), { recursive: true })

  expect(createProject(join(parent, 'here')).files).toContain('apps/assistant.ts')
})

it('touches nothing where there is something', () => {
  writeFileSync(join(parent, 'notes.txt'), 'mine')

  expect(() => createProject(parent)).toThrow(ProjectError)
  expect(readdirSync(parent)).toEqual(['notes.txt'])
})

it('asks for the server of its own version', () => {
  const versionOf = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../${name}/package.json`, import.meta.url), 'utf8')).version
  const { folder } = createProject(join(parent, 'x'))

  expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies).toEqual({
    '@parley/server': `^${versionOf('server')}`,
  })
})
