import { type InputField, matchType } from '@parley/protocol'
import type { Exchange, RouteDescription } from '../http/route-description.js'
import type { AppFacts } from './app-facts.js'
import type { DocumentedApi, DocumentedRoute } from './documented-api.js'

/** The same APIs as one app's callers use them: its id stands wherever an app is named. */
export function forApp(apis: readonly DocumentedApi[], app: AppFacts): DocumentedApi[] {
  return apis.map((api) => ({
    ...api,
    routes: api.routes.filter(({ description }) => reaches(description, app)).map((route) => named(route, app)),
  }))
}

const reaches = ({ app: which, modes }: RouteDescription, { isDefault, mode }: AppFacts) =>
  (which !== 'default' || isDefault) && (modes === undefined || modes.includes(mode))

const named = ({ path, description, variants, ...route }: DocumentedRoute, app: AppFacts): DocumentedRoute => ({
  ...route,
  path: path.replace(/:app_id(?=\/|$)/, encodeURIComponent(app.id)),
  description: sampled(description, app),
  variants: variants.map((variant) => sampled(variant, app)),
})

function sampled<Told extends Exchange>(exchange: Told, app: AppFacts): Told {
  const { example, exampleQuery } = exchange
  const named = <Value>(value: Value): Value =>
    JSON.parse(JSON.stringify(value).replaceAll('"APP_ID"', JSON.stringify(app.id)))
  return {
    ...exchange,
    ...(example !== undefined && { example: named(withInputs(example, app.inputs)) }),
    ...(exampleQuery && { exampleQuery: named(exampleQuery) }),
  }
}

/** What the app asks for, with a value for each field that has to have one. */
function withInputs(example: unknown, fields: readonly InputField[]): unknown {
  if (typeof example !== 'object' || example === null || !('inputs' in example)) return example
  const samples = fields.filter(({ required }) => required).map((field) => [field.variable, sampleOf(field)])
  return { ...example, inputs: { ...Object.fromEntries(samples), ...Object(example.inputs) } }
}

const sampleOf = (field: InputField): unknown =>
  matchType<InputField, unknown>(field, {
    'text-input': ({ default: text }) => text ?? 'Hello',
    paragraph: ({ default: text }) => text ?? 'Hello',
    select: ({ default: option, options }) => option ?? options[0],
    number: ({ default: number }) => number ?? 1,
    checkbox: ({ default: value }) => value ?? true,
    file: () => A_FILE,
    'file-list': () => [A_FILE],
    json_object: ({ default: value }) => value ?? {},
  })

/** As ClickAI's clients name one that was uploaded before. */
const A_FILE = { type: 'image', transfer_method: 'local_file', upload_file_id: 'FILE_ID' }
