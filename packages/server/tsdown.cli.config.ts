import { defineConfig } from 'tsdown'

/**
 * The `parley` command, with everything it needs inside: one file to read at start instead of a thousand. What is
 * rarely needed (the agent loop, PostgreSQL, JWT) is a file of its own, read on first use. The native SQLite driver and
 * `pg` stay packages.
 */
export default defineConfig({
  entry: { parley: 'src/cli/parley.ts' },
  outDir: 'dist/cli',
  clean: true,
  dts: false,
  outExtensions: () => ({ js: '.js' }),
  platform: 'node',
  minify: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  inputOptions: { resolve: { conditionNames: ['parley-source', 'import', 'node', 'default'] } },
  deps: { alwaysBundle: [/^(?!libsql$|pg$|pg-native$)/], neverBundle: ['libsql', 'pg', 'pg-native'] },
})
