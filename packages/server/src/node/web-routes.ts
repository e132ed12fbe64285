import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Route } from '../http/route.js'

/** What the chat's build says of each file it made; see `apps/chat/build/manifest.mjs`. */
interface WebManifest {
  version: 1
  /** By the exact path of the request. */
  files: Record<string, WebFile>
}

interface WebFile {
  file: string
  /** The same bytes, compressed, by the name of the encoding. */
  encodings: Record<string, string>
  size: number
  headers: Record<string, string>
}

const PREFERRED = ['br', 'gzip']

export interface WebRouteOptions {
  /** Sources, as a Content-Security-Policy has them, of the pages that may embed the chat besides the server's own. Absent: any page. */
  embedders?: readonly string[]
}

/** Routes for the browser files in `folder`: the script, the frame, its assets and the page to chat on. */
export async function webRoutes(folder: string, { embedders }: WebRouteOptions = {}): Promise<Route[]> {
  const manifest: WebManifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  return Object.entries(manifest.files).map(([path, file]) => ({
    method: 'GET',
    path,
    handle: (request) =>
      withoutSlash(path, request) ?? answer(folder, embedders ? onlyIn(embedders, file) : file, request),
  }))
}

/** A page finds its files relative to its own address: with a slash too many it would look in the wrong place. */
function withoutSlash(path: string, { url }: Request): Response | undefined {
  if (path.endsWith('/') || !new URL(url).pathname.endsWith('/')) return undefined
  return new Response(null, { status: 308, headers: { location: `../${path.slice(path.lastIndexOf('/') + 1)}` } })
}

/** A page whose policy leaves open who may embed it gets the list; others keep theirs. */
function onlyIn(embedders: readonly string[], file: WebFile): WebFile {
  const policy = file.headers['content-security-policy']
  if (!policy || policy.includes('frame-ancestors')) return file
  const ancestors = `frame-ancestors 'self' ${embedders.join(' ')}`.trim()
  return { ...file, headers: { ...file.headers, 'content-security-policy': `${policy}; ${ancestors}` } }
}

async function answer(folder: string, { file, encodings, headers }: WebFile, request: Request): Promise<Response> {
  const all = new Headers(headers)
  if (Object.keys(encodings).length > 0) all.append('vary', 'accept-encoding')
  if (matches(request.headers.get('if-none-match'), headers.etag))
    return new Response(null, { status: 304, headers: all })
  const encoding = PREFERRED.find((name) => encodings[name] && accepts(request, name))
  if (encoding) all.set('content-encoding', encoding)
  const body = await readFile(join(folder, (encoding && encodings[encoding]) ?? file))
  return new Response(body, { headers: all })
}

const matches = (asked: string | null, etag: string | undefined) =>
  etag !== undefined && (asked ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)

function accepts(request: Request, encoding: string): boolean {
  const offers = (request.headers.get('accept-encoding') ?? '').split(',').map((offer) => offer.trim().split(';'))
  return offers.some(([name, quality]) => name === encoding && !/^\s*q=0(\.0*)?$/.test(quality ?? ''))
}
