import { existsSync } from 'node:fs'
import { searchService } from '../agents/tools/search-services.js'
import type { Toolkit } from '../agents/tools/toolkit.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import { codeRunner } from '../interpreter/code-runner.js'
import { nodeGuardedFetch } from '../node/guarded-fetch.js'
import { type Settings, SettingsError } from '../node/settings.js'

/** What agents may use of this machine and of what the settings name. @throws {SettingsError} */
export function openToolkit({ code, search, privateHosts }: Settings, fetch: GuardedFetch): Toolkit {
  const { pythonPackages: folder } = code
  if (folder !== undefined && !existsSync(folder))
    throw new SettingsError([
      `PARLEY_PYTHON_PACKAGES is no folder of this machine: ${folder}. Name the one with the packages, or leave it out.`,
    ])
  return {
    runCode: codeRunner(code),
    fetch,
    ...(search && {
      searchWeb: searchService(search, nodeGuardedFetch({ privateHosts: [...privateHosts, ...hostOf(search.url)] })),
    }),
  }
}

/** The service is the operator's choice, wherever it is. */
const hostOf = (url: string | undefined) => (url === undefined ? [] : [new URL(url).hostname.replace(/^\[|\]$/g, '')])
