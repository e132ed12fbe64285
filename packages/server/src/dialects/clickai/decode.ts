import { type InputField, type InputValues, ParleyError, type UserMessageInput } from '@parley/protocol'
import { readJson, readOptionalJson } from '../../http/body.js'
import { failure, invalidParam } from './errors.js'

export type JsonBody = Record<string, unknown>

/** The JSON object of a request. NUL characters are taken out, as clients of this API expect. */
export const readBody = (request: Request): Promise<JsonBody> => readObject(readJson(request, { stripNul: true }))

/** The same where it may be left out. */
export const readOptionalBody = (request: Request): Promise<JsonBody> =>
  readObject(readOptionalJson(request, { stripNul: true }))

async function readObject(reading: Promise<unknown>): Promise<JsonBody> {
  const body = await reading.catch((thrown: unknown) => {
    throw thrown instanceof ParleyError && thrown.code === 'invalid_request' ? failure('bad_request', NO_JSON) : thrown
  })
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as JsonBody // checked in this line
  throw failure('bad_request', NO_JSON)
}

const NO_JSON = 'Invalid JSON payload received or JSON payload is empty.'

/** The query of a request. An empty value is none: some clients write one for everything they leave out. */
export function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ''))
}

/** The values of a parameter that may come several times, or with commas between them. */
export const valuesOf = (request: Request, name: string): string[] =>
  new URL(request.url).searchParams
    .getAll(name)
    .flatMap((values) => values.split(','))
    .filter(Boolean)

/** The user a request is about, wherever it is told. Source: the ClickAI contract, section 5. */
export function userOf(told: { user?: unknown }): string {
  const user = optionalUserOf(told)
  if (user === DEFAULT_USER && !hasUser(told)) throw invalidParam('user', 'Arg user must be provided.')
  return user
}

/** The same where it may be left out: then it is the one user all such requests share. */
export function optionalUserOf({ user }: { user?: unknown }): string {
  if (!hasUser({ user })) return DEFAULT_USER
  if (typeof user !== 'string' && typeof user !== 'number') throw invalidParam('user', 'user must be a string.')
  if (String(user).length > MOST_USER) throw invalidParam('user', `user must be at most ${MOST_USER} characters long.`)
  return String(user)
}

const hasUser = ({ user }: { user?: unknown }) => user !== undefined && user !== null && user !== ''
const DEFAULT_USER = 'DEFAULT-USER'
const MOST_USER = 512

/** What somebody asks. */
export function queryTextOf({ query }: { query?: unknown }): string {
  if (query === undefined || query === null || query === '')
    throw invalidParam('query', "The 'query' field is required")
  if (typeof query !== 'string') throw invalidParam('query', 'query must be a string.')
  return query
}

/** A message as the engine takes it. */
export const decodeMessage = (text: string, attachments: string[]): UserMessageInput => ({
  content: text === '' ? [] : [{ type: 'input_text', text }],
  attachments,
  inference_options: {},
})

/**
 * What an app is asked that is given values and no message. One without a form asks for nothing by name: it is told
 * whatever was `given`.
 */
export function textOfInputs(form: readonly InputField[], values: InputValues, given: InputValues): string {
  const named =
    form.length === 0
      ? Object.entries(given)
      : form.flatMap(({ type, variable, label }) =>
          type === 'file' || type === 'file-list' ? [] : [[label || variable, values[variable]] as const],
        )
  const told = named.flatMap(([name, value]) => {
    if (value === null || value === undefined || value === '') return []
    return [{ name, text: typeof value === 'object' ? JSON.stringify(value) : String(value) }]
  })
  const [only] = told
  if (only && told.length === 1) return only.text
  return told.map(({ name, text }) => `${name}: ${text}`).join('\n')
}
