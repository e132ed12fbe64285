import { defineConfig } from 'tsdown'

/** One file that imports nothing, and one of types that names no other package: the schemas they come from are not installed. */
export default defineConfig({
  entry: 'src/index.ts',
  platform: 'neutral',
  dts: { resolver: 'tsc' },
  // Declarations of zod lose the marks on the way that let them through a check of declaration files.
  banner: { dts: '// @ts-nocheck' },
  deps: { alwaysBundle: [/^@parley\/protocol/, /^zod/], onlyBundle: false },
})
