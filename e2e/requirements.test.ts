import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { REQUIREMENTS } from './requirements.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const cited = new Set(
  ['packages', 'apps', 'e2e', 'examples']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(root, folder, path)),
    )
    .filter(
      (path) => /\.test\.tsx?$/.test(path) && !path.includes('node_modules') && !path.endsWith('requirements.test.ts'),
    )
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\b[A-E]\d{1,2}\b(?=[:, ])/g)].map(([id]) => id)),
)

describe('the list of promises', () => {
  const entries = Object.entries(REQUIREMENTS)

  it.each(entries.filter(([, { state }]) => state !== 'later'))('%s is proved by a test', (id) => {
    expect(cited).toContain(id)
  })

  it.each(entries.filter(([, { state }]) => state === 'later'))('%s is for later: no test claims it', (id) => {
    expect(cited).not.toContain(id)
  })
})
