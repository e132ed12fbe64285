import { promises as dns, type LookupAddress } from 'node:dns'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createUnzip } from 'node:zlib'
import { type AddressRange, isInRange, isPublicAddress, parseRange } from '../base/address-rules.js'
import { createGuardedFetch, type GuardedFetch, GuardedFetchError, type HopRequest } from '../base/guarded-fetch.js'

export interface GuardedFetchOptions {
  /** Private places that may be reached all the same: host names, `*.name`, addresses, ranges such as `10.0.0.0/8`. */
  privateHosts?: readonly string[]
  /** The addresses of a host name; default: the system's resolver. */
  resolve?(hostname: string): Promise<LookupAddress[]>
}

/**
 * A `fetch` that reaches the public internet only. The addresses that were checked are the ones connected to, so a name
 * that changes its mind between check and connection gains nothing. Connections are never shared.
 */
export function nodeGuardedFetch({ privateHosts = [], resolve = resolveAll }: GuardedFetchOptions = {}): GuardedFetch {
  const isAllowed = allowRule(privateHosts)
  const lookup: RequestOptions['lookup'] = (hostname, { all }, done) => {
    resolve(hostname).then(
      (found) => {
        const [first] = found
        if (!first) return done(new GuardedFetchError('unreachable', `${hostname} has no address.`), '')
        if (!found.every(({ address }) => isAllowed(hostname, address))) return done(forbidden(hostname), '')
        if (all) done(null, found)
        else done(null, first.address, first.family)
      },
      (error) => done(error, ''),
    )
  }
  return createGuardedFetch((request) => {
    const hostname = request.url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(hostname) && !isAllowed(hostname, hostname)) throw forbidden(request.url.host) // a bare address is not looked up
    return open(request, lookup)
  })
}

const resolveAll = (hostname: string) => dns.lookup(hostname, { all: true })

const forbidden = (host: string) =>
  new GuardedFetchError(
    'forbidden_address',
    `${host} is not on the public internet. The operator can allow it with PARLEY_PRIVATE_HOSTS.`,
  )

function allowRule(privateHosts: readonly string[]): (hostname: string, address: string) => boolean {
  const ranges = privateHosts.map(parseRange).filter((range): range is AddressRange => range !== null)
  const names = privateHosts.filter((host) => !parseRange(host)).map((host) => host.toLowerCase())
  return (hostname, address) =>
    isPublicAddress(address) ||
    ranges.some((range) => isInRange(address, range)) ||
    names.some((name) => (name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : hostname === name))
}

function open({ url, method, headers, body, signal }: HopRequest, lookup: RequestOptions['lookup']): Promise<Response> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const sent = { 'user-agent': 'Parley', 'accept-encoding': 'gzip, deflate, br', ...Object.fromEntries(headers) }
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers: sent, agent: false, lookup, signal }, (message) => {
      resolve(toResponse(message, method))
    })
    request.once('error', reject)
    request.end(body)
  })
}

function toResponse(message: IncomingMessage, method: string): Response {
  const { statusCode: status = 502, statusMessage: statusText = '' } = message
  const headers = new Headers()
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  if (method === 'HEAD' || [204, 205, 304].includes(status)) {
    message.resume()
    return new Response(null, { status, statusText, headers })
  }
  const unpack = UNPACKERS[headers.get('content-encoding') ?? '']?.()
  if (unpack) for (const name of ['content-encoding', 'content-length']) headers.delete(name)
  // Node's and the platform's stream types describe the same object.
  const stream = Readable.toWeb(unpack ? unpacked(message, unpack) : message) as ReadableStream<Uint8Array<ArrayBuffer>>
  return new Response(stream, { status, statusText, headers })
}

const UNPACKERS: Record<string, () => Transform> = {
  gzip: createUnzip,
  deflate: createUnzip,
  br: createBrotliDecompress,
}

/** An answer that is cut off, or read no further, ends both. */
function unpacked(message: IncomingMessage, unpack: Transform): Transform {
  message.once('error', (error) => unpack.destroy(error))
  unpack.once('close', () => message.destroy())
  return message.pipe(unpack)
}
