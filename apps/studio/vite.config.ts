import { defaultClientConditions, defineConfig } from 'vite'

/** One page, whose files stand beside those of the chat below `/chatkit/assets/`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions: ['parley-source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  experimental: {
    // The page finds its files relative to itself, so the server can be mounted below any path.
    renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `./chatkit/${file}` : { relative: true }),
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome111', 'firefox114', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    license: { fileName: 'THIRD-PARTY-NOTICES-STUDIO.md' },
    rolldownOptions: { input: { studio: 'studio/index.html' } },
  },
  logLevel: 'warn',
})
