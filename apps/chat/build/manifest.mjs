import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { ASSET_HEADERS, frameHeaders, HOME_HEADERS, SANDBOX_HEADERS, STUDIO_HEADERS } from './security-headers.mjs'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}
const FOR_EVER = 'public, max-age=31536000, immutable'
const ASK_AGAIN = 'no-cache'

/**
 * Writes `manifest.json` and the compressed siblings of every file. This is the contract with the server, which needs
 * no knowledge of the build: it answers GET and HEAD of a path in `files` with that entry, and 404 for any other.
 *
 *     {
 *       "version": 1,
 *       "files": {
 *         "/chatkit/frame/": {                      path of the request, exactly
 *           "file": "frame/index.html",             below the folder of the manifest
 *           "encodings": { "br": "….br", "gzip": "….gz" },   the same bytes, compressed; either may be absent
 *           "size": 1234,                           bytes, not compressed
 *           "headers": { "content-type": "…", "cache-control": "…", "etag": "…", "content-security-policy": "…" }
 *         }
 *       }
 *     }
 *
 * With an encoding the server adds `content-encoding`; it always adds `vary: accept-encoding` where `encodings` is not
 * empty, and answers 304 when `if-none-match` names the etag. Hashed assets are cached for ever; pages and the script,
 * whose addresses stay, are asked for again each time.
 */
export function writeManifest(folder) {
  const files = {}
  for (const path of listFiles(folder)) {
    const bytes = readFileSync(join(folder, path))
    files[routeOf(path)] = {
      file: path,
      encodings: compress(folder, path, bytes),
      size: bytes.length,
      headers: {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'cache-control': path.startsWith('assets/') ? FOR_EVER : ASK_AGAIN,
        etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
        ...securityOf(path, bytes),
      },
    }
  }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify({ version: 1, files }, null, 2)}\n`)
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

function routeOf(path) {
  if (path === 'home/index.html') return '/'
  if (path === 'gallery/index.html') return '/gallery'
  if (path === 'studio/index.html') return '/studio'
  if (path === 'frame/index.html') return '/chatkit/frame/'
  if (path === 'sandbox/index.html') return '/chatkit/sandbox/'
  if (path === 'pet/spritesheet.svg') return '/pets/boba/spritesheet.webp' // where Xpert's element asks for it
  return /^(assets|docs)\//.test(path) ? `/chatkit/${path}` : `/${path}`
}

function securityOf(path, bytes) {
  if (path === 'home/index.html' || path === 'gallery/index.html') return HOME_HEADERS
  if (path === 'studio/index.html') return STUDIO_HEADERS
  if (path === 'sandbox/index.html') return SANDBOX_HEADERS
  return path === 'frame/index.html' ? frameHeaders(styleIn(bytes.toString())) : ASSET_HEADERS
}

const styleIn = (page) => /<style>(.*)<\/style>/s.exec(page)?.[1] ?? ''

function compress(folder, path, bytes) {
  const made = {
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
    gzip: gzipSync(bytes, { level: 9 }),
  }
  const encodings = {}
  for (const [name, packed] of Object.entries(made)) {
    if (packed.length >= bytes.length) continue
    encodings[name] = `${path}.${name === 'gzip' ? 'gz' : name}`
    writeFileSync(join(folder, encodings[name]), packed)
  }
  return encodings
}
