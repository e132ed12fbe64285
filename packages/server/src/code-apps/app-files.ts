import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'

const SOURCE = /^[^._].*(?<!\.d)(?<!\.test)\.(ts|tsx|mts|js|mjs)$/

/** The files of a folder that are apps, by name: every `name.ts` and every `name/index.ts`. */
export function appFilesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isFile() && SOURCE.test(entry.name)) return [join(folder, entry.name)]
      if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.')) return []
      const index = ['index.ts', 'index.js', 'index.mjs'].map((name) => join(folder, entry.name, name)).find(existsSync)
      return index ? [index] : []
    })
}

/** The id of the app in a file. */
export function appIdOf(file: string): string {
  const name = basename(file, extname(file))
  return name === 'index' ? basename(dirname(file)) : name
}
