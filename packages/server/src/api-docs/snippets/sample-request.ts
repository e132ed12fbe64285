import type { Credential, Exchange } from '../../http/route-description.js'
import type { DocumentedApi, DocumentedRoute } from '../documented-api.js'
import { credentialsOf } from '../openapi.js'

/** One request that a reader can copy and send. */
export interface SampleRequest {
  method: string
  url: string
  /** The environment variable that holds what the caller proves itself with. Absent: nothing is needed. */
  secret?: string
  body?: unknown
  /** Fields of a form; a file is `@` and its name, as curl has it. */
  form?: Record<string, string>
  /** The body is the file of this name. */
  file?: string
  answer: 'json' | 'stream' | 'file' | 'nothing'
}

export interface SampleOptions {
  /** The base address of the server. */
  server: string
  /** Development: servers and users need to prove nothing. */
  isOpen: boolean
}

const VARIABLES: Record<Exclude<Credential, 'login'>, string> = {
  apiKey: 'PARLEY_API_KEY',
  clientSecret: 'PARLEY_CLIENT_SECRET',
  userToken: 'PARLEY_USER_TOKEN',
}

/** The file that examples send as it is. */
const A_FILE = 'notes.txt'

export function sampleRequest(
  { api, route, exchange }: { api: DocumentedApi; route: DocumentedRoute; exchange: Exchange },
  { server, isOpen }: SampleOptions,
): SampleRequest {
  const { query, exampleQuery, form, bytes, example } = exchange
  const search = query || exampleQuery ? new URLSearchParams(exampleQuery).toString() : ''
  const secret = secretOf(api, route, isOpen)
  return {
    method: route.method,
    url: `${server}${withPlaceholders(route)}${search === '' ? '' : `?${search}`}`,
    ...(secret !== undefined && { secret }),
    ...(form && { form: example as Record<string, string> }), // what the example of a form is
    ...(exchange.body && { body: example }),
    ...(bytes && { file: A_FILE }),
    answer: kindOf(exchange),
  }
}

function secretOf(api: DocumentedApi, route: DocumentedRoute, isOpen: boolean): string | undefined {
  const [credential] = credentialsOf(api, route).filter((one) => one !== 'login')
  if (credential === undefined || (isOpen && credential !== 'clientSecret' && !api.keysSayWhich)) return undefined
  return VARIABLES[credential]
}

function kindOf({ answer, events, lines, file }: Exchange): SampleRequest['answer'] {
  if (events ?? lines) return 'stream'
  if (answer) return 'json'
  return file === undefined ? 'nothing' : file === 'application/json' ? 'json' : 'file'
}

/** `/threads/:id` becomes `/threads/THREAD_ID`, which nobody takes for a real one. */
const withPlaceholders = ({ path, description: { params = {} } }: DocumentedRoute): string =>
  path.replace(
    /(?<=\/([\w-]+?)s?\/):(\w+)/g,
    (_, before: string, name: string) => params[name] ?? placeholder(name, before),
  )

function placeholder(name: string, before: string): string {
  if (name === 'id') return `${before.replaceAll('-', '_')}_ID`.toUpperCase()
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()
  return /(^|_)ID$/.test(words) ? words : `${words}_ID`
}
