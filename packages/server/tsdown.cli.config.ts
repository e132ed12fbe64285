import { defineConfig, type UserConfig } from 'tsdown'
import { besideCommand } from './build/beside-command.js'
import { lateImports } from './build/late-imports.js'
import { notices } from './build/notices.js'

/** Packages whose modules do nothing but define things, though they do not say so: what is not used can go. */
const PURE =
  /node_modules\/(@openai\/agents-core|@modelcontextprotocol|openai|zod|debug|hono|@hono|better-auth|@better-auth|better-call|@noble|jose)\//

/** Stay packages: native code, and what is loaded by `require` when it is needed. What else few servers need is inside, but asleep. */
const PACKAGES = ['jiti', 'libsql', 'pg', 'pg-native', 'prom-client', 'bufferutil', 'utf-8-validate']

/** CommonJS, which loads in half the time of modules. Names and lines are kept, so that a stack trace says something. */
const command = {
  outDir: 'dist/cli',
  clean: false, // `build:server` has done it
  dts: false,
  format: 'cjs',
  platform: 'node',
  outExtensions: () => ({ js: '.cjs' }),
  define: { 'process.env.NODE_ENV': '"production"' },
  inputOptions: { resolve: { conditionNames: ['parley-source', 'import', 'node', 'default'] } },
  outputOptions: { codeSplitting: false },
  deps: { alwaysBundle: [new RegExp(`^(?!(${PACKAGES.join('|')})$)`)], neverBundle: PACKAGES },
  logLevel: 'error',
} satisfies UserConfig

/** The `parley` command, with everything it needs inside: one file to read at start instead of a thousand. */
const main = defineConfig({
  ...command,
  entry: { main: 'src/cli/main.ts' },
  treeshake: { moduleSideEffects: (id) => !PURE.test(id) },
  plugins: [besideCommand('tokenizer'), lateImports(), notices('THIRD-PARTY-NOTICES.txt')],
})

/** What reads an apps folder, with all that its files may import: whole packages, of which nobody knows what is not used. */
const codeApps = defineConfig({
  ...command,
  entry: { 'code-apps': 'src/code-apps/app-folder.ts' },
  plugins: [besideCommand('tokenizer'), notices('THIRD-PARTY-NOTICES-code-apps.txt')],
})

/** The process that reads a document: the parsers of all kinds, which the server itself never loads. */
const documents = defineConfig({
  ...command,
  entry: { 'read-document': 'src/knowledge/documents/reader-process.ts' },
  plugins: [notices('THIRD-PARTY-NOTICES-read-document.txt')],
})

/** What puts cases to an app, and the parser of their files. */
const evaluation = defineConfig({
  ...command,
  entry: { evaluation: 'src/evaluation/index.ts' },
  plugins: [besideCommand('tokenizer'), notices('THIRD-PARTY-NOTICES-evaluation.txt')],
})

/** The tables of the tokenizer, which only long threads need. */
const tokenizer = defineConfig({
  ...command,
  entry: { tokenizer: 'src/agents/memory/tokenizer.ts' },
  plugins: [notices('THIRD-PARTY-NOTICES-tokenizer.txt')],
})

export default [main, codeApps, documents, evaluation, tokenizer]
