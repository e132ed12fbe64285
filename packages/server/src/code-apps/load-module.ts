import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { sep } from 'node:path'
import type { createJiti as CreateJiti } from 'jiti'

/** What an app file may import without anybody having installed it, by name. */
export type OwnModules = Record<string, Record<string, unknown>>

export interface LoadOptions {
  folder: string
  own: OwnModules
  /** Where compiled files are kept from start to start. Absent: nowhere. */
  cacheDir?: string | undefined
  /** Another text for the file itself. */
  source?: string
}

/**
 * Compiles and runs one TypeScript or JavaScript file with everything it imports, and gives its exports. Files of the
 * folder are read anew each time.
 */
export async function loadModule(file: string, options: LoadOptions): Promise<Record<string, unknown>> {
  forget(options.folder)
  const { createJiti } = require('jiti') as { createJiti: typeof CreateJiti }
  const jiti = createJiti(file, {
    fsCache: options.cacheDir ?? false,
    interopDefault: false,
    sourceMaps: true,
    tryNative: false,
    virtualModules: options.own,
  })
  const loaded =
    options.source === undefined ? jiti.import(file) : jiti.evalModule(options.source, { filename: file, async: true })
  return (await loaded) as Record<string, unknown> // a module's exports
}

/** Loaded on first use, from its own package: it brings its own compiler as a file. */
const require = createRequire(import.meta.url)

/** Modules of the folder that were loaded before; those of packages stay. */
function forget(folder: string): void {
  for (const id of Object.keys(require.cache))
    if (id.startsWith(folder + sep) && !id.includes(`${sep}node_modules${sep}`)) delete require.cache[id]
}

export const readSource = (file: string): string => readFileSync(file, 'utf8')
