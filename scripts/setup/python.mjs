import { spawnSync } from 'node:child_process'
import { aptInstall } from './apt.mjs'
import { fail } from './run.mjs'

/** The one that is found first may be another than the one Debian's packages are for. */
const PLACES = ['python3', '/usr/bin/python3']

/**
 * Finds a Python with `requests` for the samples of guides: `PYTHON`, else the usual one, else with Debian's package.
 * @returns {Promise<string>} its command
 */
export async function ensurePython() {
  const given = process.env.PYTHON
  if (given !== undefined) {
    if (!canAsk(given)) fail(`"${given} -c 'import requests'" fails. Install requests for it, or unset PYTHON.`)
    return given
  }
  const found = PLACES.find(canAsk)
  if (found) return found
  if (await aptInstall(['python3', 'python3-requests'])) {
    const installed = PLACES.find(canAsk)
    if (installed) return installed
  }
  return fail(
    'The samples of the ClickAI guide need Python with requests. Install it (Debian, Ubuntu: apt-get install python3-requests) or set PYTHON to one that has it.',
  )
}

const canAsk = (command) => spawnSync(command, ['-c', 'import requests']).status === 0
