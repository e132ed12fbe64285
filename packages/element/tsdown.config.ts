import { defineConfig } from 'tsdown'

/** The package: plain modules and their types. The script itself is built with the frame it opens, in `apps/chat`. */
export default defineConfig({
  entry: { index: 'src/index.ts', 'bridge/index': 'src/bridge/index.ts' },
  outDir: 'dist',
  clean: true,
  dts: true,
  platform: 'browser',
  deps: { neverBundle: [/^@parley\//] },
})
