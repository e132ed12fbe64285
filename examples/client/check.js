// Runs each program against a Parley on a free port, and looks at what it prints; then the pieces of docs/client.md.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { startParley } from '../in-chromium.mjs'

const keys = { PARLEY_API_KEY: randomBytes(24).toString('hex'), PARLEY_APP_KEY: randomBytes(24).toString('hex') }
const settings = { OPENAI_API_KEY: '', OPENAI_BASE_URL: '', ENVIRONMENT: 'development' } // the built-in model answers
const parley = await startParley({ ...keys, ...settings })

/** What each prints, among other things. */
const PROGRAMS = {
  'clickai.js': [/42/, /\d+ tokens/],
  'xpert.js': [/42/, /54/, /4 messages/, /404 /],
  'session.js': [/42/, /The session is cancelled; 1 of ada\./],
}

/** The same of the handbook's pieces, by their place on the page; some belong together. */
const PIECES = [
  { numbers: [0], patterns: [/54/, /\d+$/m] },
  { numbers: [1, 4], patterns: [/Hello|model/, /404 /] },
  { numbers: [2, 3], patterns: [/thread\.created/, /thread\.item\.done/] },
]

try {
  for (const [program, patterns] of Object.entries(PROGRAMS)) run(program, patterns)
  const page = readFileSync(new URL('../../docs/client.md', import.meta.url), 'utf8')
  const pieces = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code)
  const file = `piece-${process.pid}.js`
  for (const { numbers, patterns } of PIECES) {
    const code = numbers.map((number) => pieces[number]).join('\n')
    writeFileSync(file, code.replaceAll('http://localhost:8787', parley.url))
    try {
      run(file, patterns)
    } finally {
      rmSync(file)
    }
  }
} finally {
  await parley.close()
}

function run(program, patterns) {
  const env = { ...process.env, ...keys, PARLEY_URL: parley.url }
  const printed = execFileSync(process.execPath, [program], { encoding: 'utf8', env, timeout: 300_000 })
  for (const pattern of patterns)
    if (!pattern.test(printed)) throw new Error(`${program} should print ${pattern}, and printed:\n${printed}`)
  console.log(`ok: ${program}`)
}
