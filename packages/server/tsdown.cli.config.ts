import { defineConfig } from 'tsdown'
import { lateImports } from './build/late-imports.js'
import { notices } from './build/notices.js'

/** Packages whose modules do nothing but define things, though they do not say so: what is not used can go. */
const PURE =
  /node_modules\/(@openai\/agents-core|@modelcontextprotocol|openai|zod|debug|hono|@hono|better-auth|@better-auth|better-call|@noble|jose)\//

/** Stay packages: native code, and what is loaded by `require` when it is needed. What else few servers need is inside, but asleep. */
const PACKAGES = ['jiti', 'libsql', 'pg', 'pg-native', 'prom-client', 'bufferutil', 'utf-8-validate']

/**
 * The `parley` command, with everything it needs inside: one file to read at start instead of a thousand, in CommonJS,
 * which loads in half the time of modules. Names and lines are kept, so that a stack trace says something.
 */
export default defineConfig({
  entry: { main: 'src/cli/main.ts' },
  outDir: 'dist/cli',
  clean: true,
  dts: false,
  format: 'cjs',
  platform: 'node',
  outExtensions: () => ({ js: '.cjs' }),
  define: { 'process.env.NODE_ENV': '"production"' },
  treeshake: { moduleSideEffects: (id) => !PURE.test(id) },
  inputOptions: { resolve: { conditionNames: ['parley-source', 'import', 'node', 'default'] } },
  outputOptions: { codeSplitting: false },
  deps: { alwaysBundle: [new RegExp(`^(?!(${PACKAGES.join('|')})$)`)], neverBundle: PACKAGES },
  plugins: [lateImports(), notices('THIRD-PARTY-NOTICES.txt')],
  logLevel: 'error',
})
