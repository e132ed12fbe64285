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

  it('knows the commands that take a file', () => {
    expect(parseCommandLine(['backup', 'today.gz', '--data', '/srv/chat'])).toEqual({
      command: 'backup',
      file: 'today.gz',
      flags: expect.objectContaining({ PARLEY_DATA: '/srv/chat' }),
    })
    expect(HELP).toContain('parley restore <file>')
  })

  it.each([[['--prot', '1']], [['--port']], [['serve']], [['backup']], [['restore', 'a', 'b']]])(
    'refuses %j and points to --help',
    (args) => {
      expect(() => parseCommandLine(args)).toThrow(/--help/)
    },
  )
})
