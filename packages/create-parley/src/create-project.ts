import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { APP_TEMPLATE } from './templates/app.js'
import { DEV_TEMPLATE } from './templates/dev.js'
import { PAGE_TEMPLATE } from './templates/page.js'
import { ENV_TEMPLATE, GITIGNORE_TEMPLATE, readmeTemplate } from './templates/texts.js'

/** Why nothing was written, and what to do. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError'
}

export interface NewProject {
  folder: string
  name: string
  files: string[]
}

/**
 * Writes a project into a folder that is new or empty.
 *
 * @throws {ProjectError} when there is something in it
 */
export function createProject(path: string): NewProject {
  const folder = resolve(path)
  if (existsSync(folder) && readdirSync(folder).some((name) => name !== '.git'))
    throw new ProjectError(`${folder} is not empty. Choose another folder: npm create parley <folder>`)
  const name = nameOf(folder)
  const files = projectFiles(name)
  for (const [file, text] of Object.entries(files)) {
    const place = join(folder, file)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text)
  }
  return { folder, name, files: Object.keys(files) }
}

/** What a package may be called. */
const nameOf = (folder: string): string =>
  basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '') || 'my-chat'

const projectFiles = (name: string): Record<string, string> => ({
  'package.json': `${JSON.stringify(manifestOf(name), null, 2)}\n`,
  'apps/assistant.ts': APP_TEMPLATE,
  'page/index.html': PAGE_TEMPLATE,
  'dev.mjs': DEV_TEMPLATE,
  'README.md': readmeTemplate(name),
  '.env.example': ENV_TEMPLATE,
  '.gitignore': GITIGNORE_TEMPLATE,
})

const manifestOf = (name: string) => ({
  name,
  private: true,
  type: 'module',
  engines: { node: '>=20.19' },
  scripts: { dev: 'node dev.mjs', start: 'parley', check: 'parley apps' },
  dependencies: { '@parley/server': `^${ownVersion()}` },
})

/** All packages have one version; this file is one folder below its package, built or not. */
const ownVersion = (): string => JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
