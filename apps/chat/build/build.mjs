// npm run build: the pages, the script as chatkit.js and chatkit.mjs, then the manifest. All into dist/.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { writeManifest } from './manifest.mjs'
import { buildPet } from './pet.mjs'
import { buildSandbox } from './sandbox.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const dist = here('../dist')

for (const mode of ['frame', 'pages']) await build({ configFile: here('../vite.config.ts'), mode })
await buildScript('script.classic.ts', 'iife', 'chatkit.js')
await buildScript('script.module.ts', 'es', 'chatkit.mjs')
await buildDocs()
await buildSandbox(dist)
buildPet(dist)
writeManifest(dist)

/** One self-contained file that registers the element. */
async function buildScript(entry, format, fileName) {
  await build({
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions: ['parley-source', 'module', 'browser'] },
    define: { PARLEY_FRAME_SCRIPTS: JSON.stringify(scriptsOfFrame()) },
    build: {
      outDir: dist,
      emptyOutDir: false,
      target: ['chrome111', 'firefox114', 'safari16.4'],
      reportCompressedSize: false,
      lib: {
        entry: here(`../../../packages/element/src/${entry}`),
        formats: [format],
        name: 'ChatKit',
        fileName: () => fileName,
      },
    },
  })
}

/** What the API documentation looks like and does; its pages are made by the server, which knows these two by name. */
async function buildDocs() {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: `${dist}/docs`,
      emptyOutDir: false,
      target: ['chrome111', 'firefox114', 'safari16.4'],
      reportCompressedSize: false,
      lib: { entry: here('../src/docs/main.ts'), formats: ['es'], fileName: () => 'page.js', cssFileName: 'page' },
    },
  })
}

/** The scripts of the frame, as its page names them. */
function scriptsOfFrame() {
  const page = readFileSync(`${dist}/frame/index.html`, 'utf8')
  return [...page.matchAll(/src="([^"]*assets\/[^"]+)"/g)].map(([, file]) => file)
}
