import { defineConfig } from 'tsdown'

/** The library: one file per entry, dependencies stay outside. */
const library = defineConfig({
  entry: {
    index: 'src/index.ts',
    'node/index': 'src/node/index.ts',
    'storage/sqlite/index': 'src/storage/sqlite/index.ts',
    'storage/postgres/index': 'src/storage/postgres/index.ts',
    'agents/index': 'src/agents/index.ts',
    'login/index': 'src/login/index.ts',
    'testing/index': 'src/testing/index.ts',
  },
  outDir: 'dist',
  clean: false,
  dts: true,
  platform: 'neutral',
  // The tables of the tokenizer are inside: its package is ten times their size.
  deps: { neverBundle: [/^(?!gpt-tokenizer)[^./]/] },
})

export default library
