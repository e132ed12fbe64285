import { spawn } from 'node:child_process'

/**
 * Runs a program with its output on this terminal.
 * @returns {Promise<number>} its exit code; 1 when it could not be started or was ended by a signal.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** Ends this program with one line that says what is wrong and what to do. */
export function fail(sentence) {
  console.error(`\n${sentence}\n`)
  process.exit(1)
}
