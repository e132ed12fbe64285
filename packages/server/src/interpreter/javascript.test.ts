import { describe, expect, it } from 'vitest'
import { codeRunner } from './code-runner.js'

const runCode = codeRunner({ memoryMb: 256 })
/** Only for code that never ends: what ends by itself may take its time on a busy machine. */
const runEndless = codeRunner({ seconds: 1, memoryMb: 256 })
const request = (code: string, files: Record<string, string> = {}) => ({
  language: 'javascript' as const,
  code,
  files: Object.entries(files).map(([name, text]) => ({ name, data: new TextEncoder().encode(text) })),
})
const run = (code: string, files?: Record<string, string>) => runCode(request(code, files))
const textOf = (data: Uint8Array | undefined) => new TextDecoder().decode(data)

describe('JavaScript in the code interpreter', () => {
  it('gives back what is printed, the last value and the files that were written', async () => {
    const { output, result, error, files } = await run(
      `const rows = readText('data.csv').trim().split('\\n').map(Number)
       console.log('rows', rows, { ok: true }, new Map([['a', 1]]))
       writeFile('sum.txt', 'Σ ' + rows.reduce((one, other) => one + other))
       rows.length`,
      { 'data.csv': '1\n2\n39\n' },
    )

    expect({ output, result, error }).toEqual({
      output: 'rows [1, 2, 39] { ok: true } Map {"a" => 1}\n',
      result: '3',
    })
    expect(files.map(({ name, data }) => [name, textOf(data)])).toEqual([['sum.txt', 'Σ 42']])
  })

  it('waits for promises and timers, also at the top level', async () => {
    expect((await run('new Promise((done) => setTimeout(done, 5000, 7))')).result).toBe('7')
    expect((await run('const value = await Promise.resolve(6); console.log(value * 7)')).output).toBe('42\n')
    expect((await run('new Promise(() => {})')).error).toContain('never comes')
  })

  it('says what went wrong, and where', async () => {
    const { output, error } = await run('console.log("before")\nnull.field')

    expect(output).toBe('before\n')
    expect(error).toMatch(/TypeError: cannot read property 'field' of null[\s\S]*code.js:2/)
    expect((await run('Promise.reject(null)')).error).toContain('rejected with null')
    expect((await run('let = ')).error).toContain('SyntaxError')
    expect((await run('readText("none.csv")', { 'a.csv': '' })).error).toContain(
      'There is no file "none.csv". There are: a.csv',
    )
  })
})

describe('hostile JavaScript', () => {
  it.each([
    ['an endless loop', 'console.log("start"); for (;;);', /longer than 1 second/],
    [
      'endless jobs',
      'const again = () => Promise.resolve().then(again); again()',
      /never comes|longer than 1 second|out of memory/,
    ],
    [
      'jobs that hoard',
      'const all = []; const more = () => { all.push(new Uint8Array(1e7)); return Promise.resolve().then(more) }; more()',
      /memory|longer than 1 second/,
    ],
    ['10 GB', 'const all = []; for (;;) all.push(new Uint8Array(1e8).fill(1))', /memory|longer than 1 second/],
  ])('%s is contained', async (_, code, message) => {
    const { error } = await runEndless(request(code))

    expect(error).toMatch(message)
  })

  it.each([
    ['a long string', '"x".repeat(2 ** 40)', /invalid|string|memory/i],
    ['endless recursion', 'const deep = () => deep() + 1; deep()', /stack|recursion/i],
    ['the network', 'fetch("http://127.0.0.1")', /'?fetch'? is not defined/],
    ['modules of the host', 'const fs = await import("node:fs")', /could not load|module/i],
    ['a host file', 'readText("../../../../etc/passwd")', /There is no file/],
    ['the host by its functions', 'readText.constructor("return process")()', /'?process'? is not defined/],
    [
      'a changed prototype',
      'Object.prototype.toString = 1; Array.prototype.map = null; Map.prototype.get = () => { throw 1 }; process',
      /'?process'? is not defined/,
    ],
  ])('%s is contained', async (_, code, message) => {
    const { error } = await run(code)

    expect(error).toMatch(message)
  })

  it('keeps what was printed before it was stopped, up to a limit', async () => {
    const runLonger = codeRunner({ seconds: 5, memoryMb: 256 }) // so that it gets to print wherever it runs
    expect((await runLonger(request('console.log("x".repeat(5000)); for (;;);'))).output).toContain('xxx')
    const { output } = await runLonger(request('for (;;) console.log("again and again")'))
    expect(output.length).toBeLessThan(21_000)
    expect(output).toContain('[More was printed, and left out.]')
  })

  it('leaves the server free to answer', async () => {
    const told: string[] = []

    await Promise.all([
      runEndless(request('for (;;);')).then(({ error }) => told.push(error ?? '')),
      fetch('data:,answered').then(async (answer) => told.push(await answer.text())),
    ])

    expect(told).toEqual(['answered', expect.stringContaining('longer than 1 second')])
  })

  it('is ended when nobody waits for it any more', async () => {
    const { error } = await runCode(request('for (;;);'), AbortSignal.timeout(300))

    expect(error).toContain('stopped')
  })
})
