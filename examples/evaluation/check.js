// Runs the cases as CI does, then with one that is wrong, and looks at what is said. `npm run check` finds the command.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'evaluation-'))
const junit = join(folder, 'junit.xml')

const good = evaluate('cases.yaml', '--json', '--junit', junit)
expect(good.status === 0, 'the cases pass', good)
const { passed, offline } = JSON.parse(good.stdout)
expect(passed === 3 && offline === true, 'three passed, by the offline model', good)
expect(readFileSync(junit, 'utf8').includes('tests="3" failures="0"'), 'CI servers can read it', good)

const wrong = join(folder, 'wrong.yaml')
writeFileSync(wrong, readFileSync('cases.yaml', 'utf8').replace('10 to 16', '10 to 17'))
const bad = evaluate(wrong)
expect(bad.status === 1, 'a wrong answer ends with 1', bad)
expect(bad.stdout.includes(`${wrong}:14 the answer does not contain "10 to 17"`), 'its line is named', bad)
expect(bad.stdout.includes('2 of 3 passed'), 'the others are counted', bad)

rmSync(folder, { recursive: true })

function evaluate(...args) {
  const env = { PATH: process.env.PATH, OPENAI_BASE_URL: '', OPENAI_API_KEY: '' }
  return spawnSync('parley', ['eval', ...args], { encoding: 'utf8', env, shell: process.platform === 'win32' })
}

function expect(holds, what, { stdout, stderr }) {
  if (holds) return console.log(`ok: ${what}`)
  console.error(`WRONG: ${what}\n${stdout}\n${stderr}`)
  process.exit(1)
}
