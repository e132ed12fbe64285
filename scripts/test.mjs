// npm test: installs what the tests need, then runs every check. The last line counts them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './setup/installed.mjs'
import { run } from './setup/run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await ensureInstalled(root)
const { ensureChromium } = await import('./setup/chromium.mjs')
const { ensurePostgres } = await import('./setup/postgres.mjs')
const { ensurePython } = await import('./setup/python.mjs')
const { ensureRedis } = await import('./setup/redis.mjs')

const chromium = await ensureChromium()
const python = await ensurePython()
const postgres = await ensurePostgres()
const redis = await ensureRedis()
const reports = mkdtempSync(join(tmpdir(), 'parley-tests-'))
const env = { ...process.env, CHROMIUM: chromium, PYTHON: python, DATABASE_URL: postgres.url, REDIS_URL: redis.url }

const npx = (...args) => ['npx', ['--no-install', ...args]]
const vitest = (name, config) =>
  npx(
    'vitest',
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, `${name}.json`)}`,
  )

/** Every check, in order: the cheap ones first. A check without a test report counts as one. */
const checks = [
  ['format and lint', ...npx('biome', 'check', '.')],
  ['types', 'npm', ['run', '--silent', 'types']],
  ['borders', 'npm', ['run', '--silent', 'borders']],
  ['build', process.execPath, ['scripts/build.mjs']],
  ['sizes', process.execPath, ['scripts/size.mjs']],
  ['unit', ...vitest('unit', 'vitest.config.ts')],
  ['examples', process.execPath, ['examples/check-all.mjs']],
  ['e2e', ...vitest('e2e', 'e2e/vitest.config.ts')],
]

let passed = 0
let failed = 0
/** The names of what failed, said again at the end: a long run's own account of it has scrolled away by then. */
const failures = []
for (const [name, command, args] of checks) {
  const started = performance.now()
  console.log(`\n── ${name}`)
  const code = await run(command, args, { cwd: root, env, shell: process.platform === 'win32' })
  const counts = countsOf(name) ?? { passed: code === 0 ? 1 : 0, failed: 0 }
  passed += counts.passed
  failed += counts.failed === 0 && code !== 0 ? 1 : counts.failed
  if (code !== 0) failures.push(...failuresOf(name))
  console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
postgres.stop()
redis.stop()
rmSync(reports, { recursive: true, force: true })
for (const failure of failures) console.log(`failed: ${failure}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

function countsOf(name) {
  const report = reportOf(name)
  return report && { passed: report.numPassedTests, failed: report.numFailedTests }
}

/** What to call the failure of a check: by its tests where there are such. */
function failuresOf(name) {
  const tests = failedTests(name)
  if (!tests) return [name]
  return tests.length > 0 ? tests : [`${name}: an error outside of any test, which its own account above tells`]
}

/** Each failed test of a check with its file and its error in short; the file alone where it did not load. */
function failedTests(name) {
  return reportOf(name)
    ?.testResults.filter((file) => file.status === 'failed')
    .flatMap((file) => {
      const path = relative(root, file.name)
      const tests = file.assertionResults.filter((test) => test.status === 'failed')
      if (tests.length === 0) return [`${path}: ${inShort(file.message)}`]
      return tests.map((test) => `${path} > ${test.fullName}: ${inShort(test.failureMessages[0])}`)
    })
}

/** The first line of an error; of a property also the seed, with which it fails again. */
function inShort(message = '') {
  const seed = /\{ seed: .*\}/.exec(message)?.[0]
  return [message.split('\n')[0], seed].filter(Boolean).join(' ')
}

function reportOf(name) {
  try {
    return JSON.parse(readFileSync(join(reports, `${name}.json`), 'utf8'))
  } catch {
    return undefined // this check writes no report
  }
}
