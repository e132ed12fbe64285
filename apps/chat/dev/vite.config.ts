import { defaultClientConditions, defineConfig } from 'vite'

/** The chat alone on a page, fed by a script instead of a server: for looking at it and for measuring it. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions: ['parley-source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  logLevel: 'warn',
})
