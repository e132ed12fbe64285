import { describe, expect, it } from 'vitest'
import { HELP, parseCommandLine } from './arguments.js'

describe('the command line', () => {
  it('names settings by their variables', () => {
    expect(parseCommandLine(['--port', '9000', '--data=/srv/chat'])).toEqual({
      flags: expect.objectContaining({ PORT: '9000', PARLEY_DATA: '/srv/chat', HOST: undefined }),
    })
  })

  it('shows help and version', () => {
    expect(parseCommandLine(['--help'])).toEqual({ show: 'help' })
    expect(parseCommandLine(['--version'])).toEqual({ show: 'version' })
    expect(HELP).toContain('--port <number>')
  })

  it('knows commands with what has to follow them and their own flags', () => {
    expect(parseCommandLine(['backup', 'today.gz', '--data', '/srv/chat'])).toEqual({
      command: expect.objectContaining({ name: 'backup' }),
      input: { operands: ['today.gz'], workspace: 'default', flags: {} },
      flags: expect.objectContaining({ PARLEY_DATA: '/srv/chat' }),
    })
    expect(parseCommandLine(['users', 'export', 'a b', '--workspace', 'shop', '--out', 'ada.jsonl'])).toMatchObject({
      command: { name: 'users export' },
      input: { operands: ['a b'], workspace: 'shop', flags: { out: 'ada.jsonl' } },
    })
    expect(HELP).toContain('parley restore <file>')
    expect(HELP).toContain('parley users export <user> [--workspace <id>] [--out <file>]')
  })

  it.each([
    [['--prot', '1']],
    [['--port']],
    [['serve']],
    [['backup']],
    [['restore', 'a', 'b']],
    [['users']],
    [['users', 'export']],
    [['users', 'remove', 'ada']],
    [['backup', 'a', '--out', 'b']],
    [['--workspace', 'shop']],
  ])('refuses %j and points to --help', (args) => {
    expect(() => parseCommandLine(args)).toThrow(/--help/)
  })

  it('refuses a workspace that cannot be one', () => {
    expect(() => parseCommandLine(['admin', 'link', '--workspace', 'a b'])).toThrow(/must be an id/)
  })
})
