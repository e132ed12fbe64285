import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadSettings } from './load-settings.js'

function fileOf(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'settings.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const fromFile = (content: unknown) => loadSettings({ PARLEY_CONFIG: fileOf(content) })

describe('A18: the config file', () => {
  it('holds settings by the names of the variables, which win over it, and flags over both', () => {
    const path = fileOf({ PORT: 9001, PARLEY_MODEL: 'of the file', PARLEY_TRANSCRIPTION_MODEL: 'of the file' })
    const { settings, file } = loadSettings(
      { PARLEY_CONFIG: path, PARLEY_MODEL: 'of the variable', PARLEY_TRANSCRIPTION_MODEL: 'of the variable' },
      { PARLEY_TRANSCRIPTION_MODEL: 'of the flag' },
    )

    expect(file).toBe(path)
    expect(settings.port).toBe(9001)
    expect(settings.model).toMatchObject({ name: 'of the variable', transcription: 'of the flag' })
  })

  it('is named by a flag too, and takes lists and numbers as JSON has them', () => {
    const path = fileOf({ PARLEY_ALLOWED_ORIGINS: ['https://a.test', 'https://b.test'], RATE_LIMIT_REQUESTS: 7 })
    const { settings } = loadSettings({ PARLEY_CONFIG: '/nowhere.json' }, { PARLEY_CONFIG: path })

    expect(settings.allowedOrigins).toEqual(['https://a.test', 'https://b.test'])
    expect(settings.rateLimits).toEqual({ userPerMinute: 7 })
  })

  it('does not count where a variable is empty', () => {
    expect(loadSettings({ PARLEY_CONFIG: fileOf({ PORT: 9001 }), PORT: '' }).settings.port).toBe(9001)
  })

  it.each([
    ['not JSON', '{ PORT: 1 }', /is not valid JSON.*For example/s],
    ['a list', [], /must hold one JSON object/],
    ['an object as a value', { PORT: {} }, /PORT in .*settings\.json must be a text, a number/],
    [
      'a name that does not exist',
      { PARLEY_MODELL: 'x' },
      /PARLEY_MODELL is not a setting of Parley: did you mean PARLEY_MODEL\?/,
    ],
    ['itself', { PARLEY_CONFIG: 'x' }, /PARLEY_CONFIG cannot be set/],
    ['a wrong value', { PORT: 'eighty' }, /PORT must be a number.* It is "eighty" in .*settings\.json\./],
  ])('is refused with its name when it holds %s', (_, content, sentence) => {
    expect(() => fromFile(content)).toThrow(sentence)
  })

  it('has to exist when it is named', () => {
    expect(() => loadSettings({ PARLEY_CONFIG: '/nowhere/parley.json' })).toThrow(
      /\/nowhere\/parley\.json.*does not exist/,
    )
  })
})

describe('what is said of a wrong setting', () => {
  it('holds its value and where it was found, but never a secret', () => {
    expect(() => loadSettings({}, { PORT: 'x' })).toThrow('It is "x" on the command line.')
    expect(() => loadSettings({ ENVIRONMENT: 'staging' })).toThrow('It is "staging".')
    for (const secret of [{ PARLEY_JWT_SECRET: 'hidden' }, { DATABASE_URL: 'mysql://me:hidden@db' }])
      expect(() => loadSettings(secret)).toThrow(expect.not.stringContaining('hidden'))
  })

  it.each(['PARLEY_MODEL', 'OPENAI_API_KEY', 'HOST'])('names %s when a line break came with the value', (name) => {
    expect(() => loadSettings({ [name]: 'a\nb' })).toThrow(new RegExp(`${name} holds a line break`))
  })
})

describe('a variable nobody knows', () => {
  it('is warned of, with the name that was meant', () => {
    expect(loadSettings({ PARLEY_RATEPLAN: 'team', PARLEY_SOMETHING_ELSE: '1' }).warnings).toEqual([
      'PARLEY_RATEPLAN is not a setting of Parley: did you mean PARLEY_RATE_PLAN? It changes nothing.',
      'PARLEY_SOMETHING_ELSE is not a setting of Parley. It changes nothing.',
    ])
  })

  it('is no matter when Kubernetes or another program set it', () => {
    const env = {
      PARLEY_SERVICE_HOST: '10.0.0.1',
      PARLEY_PORT: 'tcp://10.0.0.1:80',
      PARLEY_PORT_80_TCP_ADDR: '10.0.0.1',
    }

    expect(loadSettings({ ...env, PATH: '/bin' }).warnings).toEqual([])
  })
})
