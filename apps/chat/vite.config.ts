import { defaultClientConditions, defineConfig, type Plugin } from 'vite'

/** Built apart: what the frame shared with the other pages would be files of its own, each with its own round trip. */
const BUILDS: Record<string, { input: Record<string, string>; notices: string }> = {
  frame: { input: { frame: 'frame/index.html' }, notices: 'THIRD-PARTY-NOTICES.md' },
  pages: {
    input: { home: 'home/index.html', gallery: 'gallery/index.html' },
    notices: 'THIRD-PARTY-NOTICES-PAGES.md',
  },
}

/** Two files at start: the first screen, then the chat. Every file more is work before it stands. */
const FILES_AT_START = {
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      { name: 'first-screen', test: /src\/first-screen\.ts$/, priority: 1, includeDependenciesRecursively: true },
      { name: 'frame', tags: ['$initial'] },
    ],
  },
} as const

/**
 * The frame behind the element (mode `frame`), or the page to chat on and the gallery (mode `pages`). `build/build.mjs`
 * adds the script and the manifest.
 */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions: ['parley-source', ...defaultClientConditions] },
  plugins: [woff2Only(), ...(mode === 'frame' ? [frameDocument()] : [])],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  experimental: {
    // All pages find their assets relative to themselves, so the server can be mounted below any path.
    renderBuiltUrl: (file, { hostType, hostId }) =>
      hostType === 'html' && hostId !== 'frame/index.html' ? `./chatkit/${file}` : { relative: true },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: mode === 'frame',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    // The frame's policy knows no inline data but images, and no script that is not a file of ours.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    license: { fileName: BUILDS[mode]?.notices ?? '' },
    rolldownOptions: {
      input: BUILDS[mode]?.input ?? {},
      ...(mode === 'frame' && { output: FILES_AT_START }),
    },
  },
  logLevel: 'warn',
}))

/** KaTeX names each font in three formats; every browser the chat runs in reads the smallest. */
function woff2Only(): Plugin {
  return {
    name: 'woff2-only',
    enforce: 'pre',
    transform: (code, id) =>
      id.endsWith('katex.min.css') ? code.replace(/,url\([^)]+\) format\("(?:woff|truetype)"\)/g, '') : undefined,
  }
}

/**
 * The document of the frame. Its style sheet stands in it: a file of its own would be one answer more before anything can
 * be drawn; the policy names it by its hash (`build/manifest.mjs`). The first screen's script runs by itself, not only when
 * the chat's, which needs it, is there. No blanks between elements: the views take these over, and know of no others.
 */
function frameDocument(): Plugin {
  let style = ''
  return {
    name: 'frame-document',
    generateBundle: {
      order: 'pre', // before Vite writes which files each chunk and page need
      handler(_options, bundle) {
        const chat = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry)
        const names = (chat?.type === 'chunk' && chat.viteMetadata?.importedCss) || new Set<string>()
        for (const name of names) {
          const file = bundle[name]
          if (file?.type === 'asset') style += file.source
          delete bundle[name]
        }
        names.clear()
      },
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => ({
        html: html
          .replace(
            /(<script [^>]+><\/script>)\s*<link rel="modulepreload" crossorigin href="([^"]+)">/,
            '<script type="module" crossorigin src="$2"></script>$1',
          )
          .replace(/(?<=>)\s+(?=<)|<!--.*?-->/gs, ''),
        tags: [{ tag: 'style', children: style.trim(), injectTo: 'head' }],
      }),
    },
  }
}
