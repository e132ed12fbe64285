// npm run build: the page with its files into dist/, then the manifest that tells the server about them.
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { writeManifest } from '../../chat/build/manifest.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

await build({ configFile: here('../vite.config.ts') })
writeManifest(here('../dist'))
