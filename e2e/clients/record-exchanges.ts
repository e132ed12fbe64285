import { request as ask, type IncomingMessage } from 'node:http'
import { listenAnywhere } from '../browser/support/http.js'

/** What a real client said to a server and heard from it, word for word but for ids and times. */
export interface Recorder {
  /** Where the client calls instead of at the server. */
  url: string
  /** Everything so far, as text for a fixture. */
  exchanges(): string
  /** What stands behind the names of ids in that text. */
  ids(): ReadonlyMap<string, string>
  close(): Promise<void>
}

/** Stands between a client and a server, passes everything on as it is and writes it down. */
export async function recordExchanges(server: string): Promise<Recorder> {
  const target = new URL(server)
  const said: string[] = []
  const { url, close } = await listenAnywhere(async (request, response) => {
    const { method = 'GET', url: path = '/', headers } = request
    const body = await bytesOf(request)
    const { host: _, ...rest } = headers
    const options = { hostname: target.hostname, port: target.port, path, method, headers: rest }
    const answer = await new Promise<IncomingMessage>((resolve, reject) =>
      ask(options, resolve).on('error', reject).end(body),
    )
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    const heard: Buffer[] = []
    for await (const chunk of answer) {
      heard.push(chunk)
      response.write(chunk)
    }
    response.end()
    const type = answer.headers['content-type']?.split(';')[0] ?? 'nothing'
    const named = ['content-location', 'location'].flatMap((name) =>
      answer.headers[name] === undefined ? [] : [`${name}: ${answer.headers[name]}`],
    )
    said.push(
      [
        [`${method} ${path}`, ...(headers['last-event-id'] ? [`last-event-id: ${headers['last-event-id']}`] : [])].join(
          ' · ',
        ),
        await bodyOf(headers['content-type'], body),
        `→ ${[answer.statusCode, type, ...named].join(' · ')}`,
        await bodyOf(type, Buffer.concat(heard)),
      ].join('\n'),
    )
  })
  const all = () => withoutChance(`${said.join('\n\n')}\n`)
  return { url, exchanges: () => all().text, ids: () => all().ids, close }
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

/** What stands before the fields of a form, which follow as JSON. */
export const A_FORM = '(a form) '

async function bodyOf(type = '', body: Buffer): Promise<string> {
  if (body.length === 0) return NOTHING
  if (type.includes('json')) return JSON.stringify(JSON.parse(body.toString()), null, 1)
  if (!type.startsWith('multipart/')) return body.toString().trim()
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  const fields = await Promise.all(
    [...form].map(async ([name, value]) => [name, typeof value === 'string' ? value : await fileOf(value)]),
  )
  return A_FORM + JSON.stringify(Object.fromEntries(fields), null, 1)
}

export const NOTHING = '(nothing)'

const fileOf = async (file: File) => ({ name: file.name, type: file.type, text: await file.text() })

const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[a-z]{2,8}_[0-9a-f]{16,}\b/g

/** The address of a server of the tests, as it stands in a recording. */
export const SERVER = '<server>'

/** Ids by the order in which they come, times by what they are, so that two recordings can be compared. */
function withoutChance(said: string): { text: string; ids: Map<string, string> } {
  const names = new Map<string, string>()
  const text = said
    .replace(IDS, (id) => {
      if (!names.has(id)) names.set(id, `<id ${names.size + 1}>`)
      return names.get(id) ?? id
    })
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, SERVER)
    .replace(/token=[\w.-]+/g, 'token=<token>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/("\w+_at":\s*)\d{10}\b/g, '$1<seconds>')
    .replace(/("(?:latency|elapsed_time|elapsedTime|provider_response_latency)":\s*)[\d.]+/g, '$1<duration>')
  return { text, ids: new Map([...names].map(([id, name]) => [name, id])) }
}
