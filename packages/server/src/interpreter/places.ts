import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { CodeLanguage } from '../base/run-code.js'

/** The programs of the sandbox, which is a process of its own: the same folder for the source and for what is built. */
export const SANDBOX = fileURLToPath(new URL('../../sandbox', import.meta.url))

/** Where an interpreter lies, and which folders it has to read. */
export interface Places {
  /** For the sandbox. */
  places: Record<string, string>
  folders: string[]
}

/** @throws {PackageMissing} when the interpreter is not installed. */
export function findInterpreter(language: CodeLanguage, packages: string | undefined): Places {
  return language === 'python' ? findPyodide(packages) : findQuickJs()
}

/** The interpreter's package is not there. The message says how to get it. */
export class PackageMissing extends Error {
  override readonly name = 'PackageMissing'
}

const require = createRequire(import.meta.url)

const QUICKJS = 'quickjs-emscripten-core'
const QUICKJS_ENGINE = '@jitl/quickjs-wasmfile-release-sync'
const CURE = `${QUICKJS} ${QUICKJS_ENGINE}`

function findQuickJs(): Places {
  const core = resolved(QUICKJS, CURE)
  const engine = resolved(QUICKJS_ENGINE, CURE)
  const shared = createRequire(core).resolve('@jitl/quickjs-ffi-types')
  const toModule = (path: string) => pathToFileURL(path.replace(/\.js$/, '.mjs')).href
  return {
    places: { core: toModule(core), engine: toModule(engine) },
    folders: [core, engine, shared].map((path) => dirname(dirname(path))), // each lies in the `dist` of its package
  }
}

function findPyodide(packages: string | undefined): Places {
  const folder = dirname(resolved('pyodide', 'pyodide'))
  return {
    places: { pyodide: folder, ...(packages && { packages }) },
    folders: [folder, ...(packages ? [packages] : [])],
  }
}

function resolved(name: string, cure: string): string {
  try {
    return require.resolve(name)
  } catch (cause) {
    throw new PackageMissing(
      `The package ${name} is not installed on this server. Install it with: npm install ${cure}`,
      {
        cause,
      },
    )
  }
}
