import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A bucket on a real port that checks signatures as Amazon S3 does and refuses in its words. */
export interface S3Server {
  endpoint: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  /** What is kept, by name. */
  objects: Map<string, Buffer>
  /** Answers the next request with this error instead. */
  failNext(status: number, code: string): void
  close(): Promise<void>
}

const BUCKET = 'chat-files'
const KEY = { id: 'AKIDEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const REGION = 'us-east-1'

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>()
  let failure: { status: number; code: string } | undefined
  const server = createServer((request, response) => {
    const planned = failure
    failure = undefined
    if (planned) return refuse(response, planned.status, planned.code)
    const refusal = refusalOf(request)
    if (refusal) return refuse(response, ...refusal)
    serve(objects, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: BUCKET,
    accessKeyId: KEY.id,
    secretAccessKey: KEY.secret,
    objects,
    failNext: (status, code) => {
      failure = { status, code }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function serve(objects: Map<string, Buffer>, request: IncomingMessage, response: ServerResponse) {
  const [, bucket, ...rest] = new URL(request.url ?? '/', 'http://s3').pathname.split('/')
  if (bucket !== BUCKET) return refuse(response, 404, 'NoSuchBucket')
  const name = decodeURIComponent(rest.join('/'))
  if (request.method === 'PUT') return receive(objects, { name, request, response })
  if (request.method === 'DELETE') {
    objects.delete(name)
    response.writeHead(204).end()
    return
  }
  const object = objects.get(name)
  if (!object) return refuse(response, 404, 'NoSuchKey')
  sendObject(object, request, response)
}

/** Keeps nothing of a body that ends early, and wants to know its length before it comes. */
function receive(
  objects: Map<string, Buffer>,
  { name, request, response }: { name: string; request: IncomingMessage; response: ServerResponse },
) {
  if (request.headers['content-length'] === undefined) return refuse(response, 411, 'MissingContentLength')
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (!request.complete) return
    objects.set(name, Buffer.concat(chunks))
    response.writeHead(200, { etag: '"x"' }).end()
  })
}

function sendObject(object: Buffer, request: IncomingMessage, response: ServerResponse) {
  const range = /^bytes=0-(\d+)$/.exec(request.headers.range ?? '')
  if (!range) return response.writeHead(200, { 'content-length': object.length }).end(object)
  if (object.length === 0) return refuse(response, 416, 'InvalidRange')
  const part = object.subarray(0, Number(range[1]) + 1)
  const headers = { 'content-length': part.length, 'content-range': `bytes 0-${part.length - 1}/${object.length}` }
  response.writeHead(206, headers).end(part)
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml', connection: 'close' })
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>…</Message></Error>`)
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/

/** Why a request is not let in; `null` when its signature is right. Source: "Signature Version 4 signing process". */
function refusalOf(request: IncomingMessage): [number, string] | null {
  const [, id, date, region, signedHeaders, signature] = AUTHORIZATION.exec(request.headers.authorization ?? '') ?? []
  if (!id || !date || !region || !signedHeaders || !signature) return [403, 'AccessDenied']
  if (id !== KEY.id) return [403, 'InvalidAccessKeyId']
  if (region !== REGION) return [400, 'AuthorizationHeaderMalformed']
  const names = signedHeaders.split(';')
  const needed = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))]
  if (needed.some((name) => !names.includes(name))) return [403, 'AccessDenied']
  const expected = signatureOf(request, { date, region, names })
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature)) ? null : [403, 'SignatureDoesNotMatch']
}

function signatureOf(
  request: IncomingMessage,
  { date, region, names }: { date: string; region: string; names: string[] },
): string {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3')
  const headers = names.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`).join('')
  const bodyHash = String(request.headers['x-amz-content-sha256'])
  const canonical = [request.method, pathname, searchParams, headers, names.join(';'), bodyHash].join('\n')
  const scope = `${date}/${region}/s3/aws4_request`
  const hash = createHash('sha256').update(canonical).digest('hex')
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, hash].join('\n')
  const key = [date, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${KEY.secret}`)
  return hmac(key, toSign).toString('hex')
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
