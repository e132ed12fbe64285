import type { Rolldown } from 'tsdown'

/**
 * Leaves a module out of the command: it is a file beside it, which is read when it is first imported. By `require`: code
 * that V8 compiled ahead cannot import.
 */
export const besideCommand = (name: string): Rolldown.Plugin => ({
  name: `beside-command-${name}`,
  resolveId: (source, importer) =>
    importer !== undefined && source === `./${name}.js` ? { id: `./${name}.cjs`, external: true } : undefined,
  renderChunk: (code) =>
    code.replaceAll(`import("./${name}.cjs")`, `Promise.resolve().then(() => require("./${name}.cjs"))`),
})
