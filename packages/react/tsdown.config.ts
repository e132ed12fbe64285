import { defineConfig } from 'tsdown'

/** The first line tells frameworks with server components that this module runs in the browser too. */
export default defineConfig({
  entry: { index: 'src/index.ts' },
  outDir: 'dist',
  clean: true,
  dts: true,
  platform: 'neutral',
  tsconfig: '../../tsconfig.react.json',
  banner: { js: "'use client'" },
  deps: { neverBundle: [/^@parley\//, 'react'] },
})
