import { defaultClientConditions, defineConfig, type Plugin } from 'vite'

/** The pages: the frame behind the element, the page to chat on, and the gallery. `build/build.mjs` adds the script and the manifest. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions: ['parley-source', ...defaultClientConditions] },
  plugins: [woff2Only()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  experimental: {
    // All pages find their assets relative to themselves, so the server can be mounted below any path.
    renderBuiltUrl: (file, { hostType, hostId }) =>
      hostType === 'html' && hostId !== 'frame/index.html' ? `./chatkit/${file}` : { relative: true },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome111', 'firefox114', 'safari16.4'],
    // The frame's policy knows no inline data but images, and no script that is not a file of ours.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    license: { fileName: 'THIRD-PARTY-NOTICES.md' },
    rolldownOptions: { input: { frame: 'frame/index.html', home: 'home/index.html', gallery: 'gallery/index.html' } },
  },
  logLevel: 'warn',
})

/** KaTeX names each font in three formats; every browser the chat runs in reads the smallest. */
function woff2Only(): Plugin {
  return {
    name: 'woff2-only',
    enforce: 'pre',
    transform: (code, id) =>
      id.endsWith('katex.min.css') ? code.replace(/,url\([^)]+\) format\("(?:woff|truetype)"\)/g, '') : undefined,
  }
}
