import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Language } from './snippets.js'

/** One snippet, its placeholders replaced, and what it reads from its environment. */
export interface Runnable {
  name: string
  code: string
  env: Record<string, string>
}

/** What went wrong with one of them. */
export interface Failure {
  name: string
  said: string
}

/** Each runs every snippet of a folder in one process, as it is, and prints what failed as JSON. */
const RUNNERS: Record<Language, { command: string; ending: string; runner: string; script: string }> = {
  curl: {
    command: 'bash',
    ending: 'sh',
    runner: 'run.sh',
    // What curl itself says of a status is switched on by its settings file, not by the snippet.
    script: `export CURL_HOME="$PWD"
printf 'silent\\nshow-error\\nfail-with-body\\nmax-time = 20\\n' > .curlrc
for file in [0-9]*.sh; do
  { said=$(source "./\${file%.sh}.env"; source "./$file" 2>&1) || printf '%s\\t%s\\n' "\${file%.sh}" "$(printf %s "$said" | tr '\\n\\t' '  ')"; } &
  (( ++begun % 8 == 0 )) && wait
done
wait
`,
  },
  javascript: {
    command: process.execPath,
    ending: 'mjs',
    runner: 'run.js',
    script: `import { readFileSync, readdirSync } from 'node:fs'
const print = console.log
console.log = () => undefined
const send = globalThis.fetch
let status
globalThis.fetch = async (...request) => {
  const response = await send(...request)
  status = response.status
  return response
}
for (const file of readdirSync('.').filter((name) => name.endsWith('.mjs')).sort()) {
  const name = file.slice(0, -4)
  Object.assign(process.env, JSON.parse(readFileSync(name + '.json', 'utf8')))
  try {
    await import('./' + file)
    const { DOCUMENTED_STATUS: told } = process.env
    if (told !== String(status)) throw new TypeError('It answered ' + status + ', and the documentation says ' + told)
  } catch (thrown) {
    print(name + '\\t' + String(thrown?.message ?? thrown).replace(/\\s+/g, ' '))
  }
}
`,
  },
  python: {
    command: 'python3',
    ending: 'py',
    runner: 'run_all.py_',
    script: `import contextlib, glob, io, json, os, runpy
for file in sorted(glob.glob("[0-9]*.py")):
    name = file[:-3]
    os.environ.update(json.load(open(name + ".json")))
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path(file)
    except Exception as error:
        said = error.read().decode() if hasattr(error, "read") else ""
        print(name + "\\t" + (str(error) + " " + said).replace("\\n", " "))
`,
  },
}

/** The smallest PNG there is. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Runs snippets of one language one after another, as a reader would who copies them. @returns those that failed */
export async function runSnippets(
  language: Language,
  snippets: readonly Runnable[],
  folder: string,
): Promise<Failure[]> {
  const { command, ending, runner, script } = RUNNERS[language]
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'picture.png'), Buffer.from(PICTURE, 'base64'))
  writeFileSync(join(folder, 'notes.txt'), 'Hello')
  writeFileSync(join(folder, 'speech.mp3'), 'ID3')
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, runner), script)
  for (const [index, { code, env }] of snippets.entries()) {
    const name = String(index).padStart(4, '0')
    writeFileSync(join(folder, `${name}.${ending}`), `${code}\n`)
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(env))
    writeFileSync(
      join(folder, `${name}.env`),
      Object.entries(env)
        .map(([key, value]) => `export ${key}='${value}'\n`)
        .join(''),
    )
  }
  const { stdout } = await promisify(execFile)(command, [runner], {
    cwd: folder,
    maxBuffer: 10_000_000,
    timeout: 100_000,
  })
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [name = '', said = ''] = line.split('\t')
      return { name: snippets[Number(name)]?.name ?? name, said }
    })
}
