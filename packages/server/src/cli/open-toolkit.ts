import { existsSync } from 'node:fs'
import type { Toolkit } from '../agents/tools/toolkit.js'
import { codeRunner } from '../interpreter/code-runner.js'
import { type Settings, SettingsError } from '../node/settings.js'

/** What agents may use of this machine and of what the settings name. @throws {SettingsError} */
export function openToolkit({ code }: Settings): Toolkit {
  const { pythonPackages: folder } = code
  if (folder !== undefined && !existsSync(folder))
    throw new SettingsError([
      `PARLEY_PYTHON_PACKAGES is no folder of this machine: ${folder}. Name the one with the packages, or leave it out.`,
    ])
  return { runCode: codeRunner(code) }
}
