import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { defaultValues, SETTING_NAMES } from '../node/setting-variables.js'
import { FLAGS } from './arguments.js'

const handbook = readFileSync(new URL('../../../../docs/settings.md', import.meta.url), 'utf8')
const ours = handbook
  .split('\n## ')
  .filter((section) => !section.startsWith('Variables of your page'))
  .join('\n## ')

/** The rows of every table whose first column is a variable. */
const rows = ours
  .split('\n')
  .filter((line) => /^\| `[A-Z_0-9]+`/.test(line))
  .map((line) => line.split('|').slice(1, -1))
  .flatMap(([names = '', ...cells]) => [...names.matchAll(/`([A-Z_0-9]+)`/g)].map(([, name = '']) => ({ name, cells })))

const rowOf = (name: string) => rows.find((row) => row.name === name)

describe('A18: the table of settings in the handbook', () => {
  it('has every setting, and nothing that does not exist', () => {
    expect([...new Set(rows.map(({ name }) => name))].sort()).toEqual([...SETTING_NAMES].sort())
  })

  it.each(Object.entries(FLAGS))('names the flag --%s with its variable, and no other flag', (flag, { variable }) => {
    expect(rowOf(variable)?.cells[0]).toContain(`\`--${flag}\``)
    const others = rows.filter(({ name, cells }) => name !== variable && cells[0]?.includes(`--${flag}`))
    expect(others).toEqual([])
  })

  it.each(Object.entries(defaultValues()).filter(([, value]) => typeof value === 'number'))(
    'says what %s is when nobody sets it',
    (name, value) => {
      expect(rowOf(name)?.cells.join()).toContain(`\`${value}\``)
    },
  )

  it.each([
    'OPENAI_API_KEY',
    'XIAOMI_API_KEY',
    'DATABASE_URL',
    'ENVIRONMENT',
    'BETTER_AUTH_SECRET',
    'BETTER_AUTH_URL',
    'NEXT_PUBLIC_BACKEND_URL',
    'DATABASE_POOL_SIZE',
    'RATE_LIMIT_REQUESTS',
  ])('has %s of the ChatKit guide, or says whose it is', (name) => {
    expect(handbook.includes(`| \`${name}\` |`)).toBe(true)
  })
})
