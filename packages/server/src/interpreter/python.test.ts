import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { codeRunner } from './code-runner.js'

// Python takes seconds to start: each of these starts it as seldom as it can.
const STARTS_MS = 90_000

const python = (code: string, options: Parameters<typeof codeRunner>[0] = {}, files: Record<string, string> = {}) =>
  codeRunner(options)({
    language: 'python',
    code,
    files: Object.entries(files).map(([name, text]) => ({ name, data: new TextEncoder().encode(text) })),
  })

/** Tries each line of its own and prints what came of it. */
const tried = (lines: string[]) =>
  `import os, sys
for line in ${JSON.stringify(lines)}:
    try:
        print(line, '->', eval(line))
    except BaseException as thrown:
        print(line, '!', type(thrown).__name__, thrown)
`

describe('E4: Python in the code interpreter', () => {
  it(
    'gives back what is printed, the last value and the files that were written; more packages come from a folder',
    async () => {
      const made = await python(
        `import csv, zipfile, asyncio
rows = list(csv.reader(open('data.csv')))
print('rows', rows)
with zipfile.ZipFile('greetings-1.0-py3-none-any.whl', 'w') as wheel:
    wheel.writestr('greetings/__init__.py', 'def greet(name): return f"Hello {name}"')
    wheel.writestr('greetings-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: greetings\\nVersion: 1.0\\n')
    wheel.writestr('greetings-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('greetings-1.0.dist-info/RECORD', '')
await asyncio.sleep(0.01)
{'sum': sum(int(row[1]) for row in rows)}`,
        {},
        { 'data.csv': 'ä,1\nb,41\n' },
      )
      expect(made).toMatchObject({
        output: "rows [['ä', '1'], ['b', '41']]\n",
        result: "{'sum': 42}",
      })
      const [wheel] = made.files
      expect(made.files.map(({ name }) => name)).toEqual(['greetings-1.0-py3-none-any.whl'])

      const folder = mkdtempSync(join(tmpdir(), 'parley-wheels-'))
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
      writeFileSync(join(folder, 'greetings-1.0-py3-none-any.whl'), wheel?.data ?? '')
      const code = 'import greetings\ngreetings.greet("Ada")'
      expect((await python(code, { pythonPackages: folder })).result).toBe("'Hello Ada'")

      const list = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('pyodide/pyodide-lock.json'), 'utf8'))
      const greetings = {
        ...list.packages.six,
        name: 'greetings',
        imports: ['greetings'],
        depends: [],
        file_name: wheel?.name,
      }
      writeFileSync(join(folder, 'pyodide-lock.json'), JSON.stringify({ ...list, packages: { greetings } }))
      const failed = await python(`${code}\nimport numpy`, { pythonPackages: folder })
      expect(failed.error).toContain("there is no module 'numpy' here")
    },
    STARTS_MS * 3,
  )

  it(
    'says what went wrong, and where; the host is out of reach',
    async () => {
      const { output, error } = await python(
        `${tried([
          "open('/etc/passwd').read()",
          "sorted(os.listdir('/'))",
          'os.fork()',
          "__import__('subprocess').run(['id'])",
          "__import__('socket').create_connection(('127.0.0.1', 5432), 2)",
          "__import__('urllib.request').request.urlopen('http://127.0.0.1')",
          "__import__('pyodide.http').http.open_url('http://127.0.0.1')",
          "__import__('threading').Thread(target=print).start()",
          "__import__('js').process",
          "__import__('js').globalThis",
          "__import__('js').fetch",
          "__import__('pyodide.code').code.run_js('process')",
          "__import__('pyodide_js').constructor.constructor('return process')()",
          "__import__('pyodide_js').FS.mount(__import__('pyodide_js').FS.filesystems.NODEFS, {'root': '/'}, '/tmp')",
          '(lambda f: f(f))(lambda f: f(f))',
          'input()',
        ])}
def broken():
    return {}['missing']
broken()`,
      )
      const outcomes = output.trim().split('\n')
      expect(outcomes[1]).toMatch(/-> \['dev', 'files', 'home', 'lib', 'proc', 'tmp'\]$/)
      expect(outcomes.filter((line) => line.includes(' -> '))).toHaveLength(1) // nothing else came through
      expect(outcomes.filter((line) => line.includes(' ! '))).toHaveLength(15)
      expect(output).not.toContain('root:')
      expect(error).toMatch(
        /File "code.py", line \d+, in broken\n {4}return \{\}\['missing'\][\s\S]*KeyError: 'missing'$/,
      )
    },
    STARTS_MS,
  )

  it(
    'stops what takes too much: memory, time and words',
    async () => {
      const { output: memory } = await python(
        `for wanted in (10 ** 10, 2 ** 33):
    try:
        bytearray(wanted)
    except (MemoryError, OverflowError):
        print('no memory')
all = []
try:
    while True: all.append(bytearray(50_000_000))
except MemoryError:
    print('no memory after', len(all))`,
      )
      expect(memory).toMatch(/^no memory\nno memory\nno memory after \d\n$/)

      const { output, error } = await python(`while True: print('again and again')`, { seconds: 2 })
      expect(output).toMatch(/^again/)
      expect(output.length).toBeLessThan(21_000)
      expect(error).toContain('longer than 2 seconds')
    },
    STARTS_MS * 2,
  )

  it(
    'ends with code that breaks its interpreter',
    async () => {
      const { error } = await python(`import ctypes\nctypes.CDLL(None).emscripten_run_script(b'process.exit()')`)

      expect(error).toMatch(/interpreter failed.*disallowed/)
    },
    STARTS_MS,
  )
})
