import type { Rolldown } from 'tsdown'

/**
 * Better Auth imports two things while it runs, which code compiled ahead cannot do. What keeps a request's context is
 * imported with the rest instead, and tracing is as absent as it is without OpenTelemetry.
 */
const REPLACED = [
  {
    file: /@better-auth\/core\/dist\/async_hooks\/index\.mjs$/,
    text: /import\(\s*(?:\/\*.*?\*\/\s*)*"node:async_hooks"\s*\)/,
    by: 'Promise.resolve(asyncHooks)',
    begin: 'import * as asyncHooks from "node:async_hooks";\n',
  },
  {
    file: /@better-auth\/core\/dist\/instrumentation\/api\.mjs$/,
    text: /import\("@opentelemetry\/api"\)/,
    by: 'Promise.reject()',
    begin: '',
  },
]

/** Fails the build when the library no longer says what is replaced here. */
export const lateImports = (): Rolldown.Plugin => ({
  name: 'late-imports',
  transform(code, id) {
    const found = REPLACED.find(({ file }) => file.test(id))
    if (!found) return undefined
    if (!found.text.test(code)) throw new Error(`${id} does not import ${found.text} any more.`)
    return found.begin + code.replace(found.text, found.by)
  },
})
