import { html } from 'hono/html'
import type { Json } from '../components.js'
import type { Markup } from './layout.js'
import { sentence } from './text.js'

const REFERENCE = '#/components/schemas/'

interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  format?: string
  default?: unknown
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: Schema | boolean
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
}

/** Numbers that JSON schemas name where nobody set a bound. */
const isSet = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER

/** Where the shape of this name stands on the page. */
export const shapeId = (name: string): string => `shape-${name}`

/** How far in a schema stands, and whether it is for the reader to send: only then it matters what is required. */
interface Place {
  depth: number
  isSent: boolean
}

/** What a value looks like: the fields of an object, the kinds of a union, a type. */
export function drawSchema(json: Json, place: Place = { depth: 0, isSent: false }): Markup {
  const schema = json as Schema
  const kinds = kindsOf(schema)
  if (kinds.length > 1)
    return html`<p class="quiet">One of:</p><ul class="kinds">${kinds.map((kind) => html`<li>${drawKind(kind, place)}</li>`)}</ul>`
  const [only = schema] = kinds
  if (only.properties && Object.keys(only.properties).length > 0) return drawFields(only, place)
  return html`<p>${drawType(only)}</p>`
}

function drawKind(kind: Schema, place: Place): Markup {
  if (!kind.properties) return drawType(kind)
  const name = Object.values(kind.properties).find((field) => field.const !== undefined)?.const
  return html`<details><summary><code>${name === undefined ? 'object' : String(name)}</code></summary>${drawFields(kind, deeper(place))}</details>`
}

/** What may come, without nothing. */
const kindsOf = ({ anyOf, oneOf, ...rest }: Schema): Schema[] => {
  const kinds = anyOf ?? oneOf
  return kinds ? kinds.filter((kind) => kind.type !== 'null').flatMap(kindsOf) : [rest]
}

const isNullable = ({ anyOf, oneOf, type }: Schema): boolean =>
  type === 'null' || (Array.isArray(type) && type.includes('null')) || (anyOf ?? oneOf ?? []).some(isNullable)

const deeper = ({ depth, isSent }: Place): Place => ({ depth: depth + 1, isSent })

function drawFields({ properties = {}, required = [] }: Schema, place: Place): Markup {
  const isNeeded = (name: string) => place.isSent && required.includes(name)
  const all = Object.entries(properties)
  const ordered = [...all.filter(([name]) => isNeeded(name)), ...all.filter(([name]) => !isNeeded(name))]
  return html`<dl class="fields">${ordered.map(([name, field]) => {
    const inner = innerOf(field)
    return html`<div>
      <dt><code>${name}</code> ${drawType(field)} ${isNeeded(name) ? html`<span class="needed">required</span>` : ''}</dt>
      <dd>
        ${field.description ? html`<p>${sentence(field.description)}</p>` : ''}${drawBounds(field)}${
          inner && place.depth < DEEPEST
            ? html`<details><summary>Fields</summary>${drawSchema(inner as Json, deeper(place))}</details>`
            : ''
        }
      </dd>
    </div>`
  })}</dl>`
}

/** Deeper than anybody reads. */
const DEEPEST = 3

/** What a field holds that has fields of its own. */
function innerOf(field: Schema): Schema | undefined {
  const kinds = kindsOf(field)
  const [only] = kinds
  if (kinds.length === 1 && only?.items) return innerOf(only.items)
  return kinds.some(({ properties }) => properties && Object.keys(properties).length > 0) ? field : undefined
}

function drawType(field: Schema): Markup {
  const kinds = kindsOf(field)
  const names = kinds.map(typeName)
  const all = isNullable(field) ? [...names, html`null`] : names
  return html`<span class="type">${all.map((name, index) => html`${index > 0 ? ' or ' : ''}${name}`)}</span>`
}

function typeName(kind: Schema): Markup {
  if (kind.$ref) {
    const name = kind.$ref.replace(REFERENCE, '')
    return html`<a href="#${shapeId(name)}">${name}</a>`
  }
  if (kind.const !== undefined) return html`<code>${JSON.stringify(kind.const)}</code>`
  if (kind.enum)
    return html`${kind.enum.map((value, index) => html`${index > 0 ? ' or ' : ''}<code>${JSON.stringify(value)}</code>`)}`
  if (kind.type === 'array') return html`list of ${kind.items ? drawType(kind.items) : 'anything'}`
  if (kind.type === 'object' && typeof kind.additionalProperties === 'object' && !kind.properties)
    return html`map to ${drawType(kind.additionalProperties)}`
  if (kind.format === 'binary') return html`file`
  if (kind.format === 'date-time') return html`time`
  const type = Array.isArray(kind.type) ? kind.type.filter((one) => one !== 'null').join(' or ') : kind.type
  return html`${type ?? 'anything'}`
}

function drawBounds(field: Schema): Markup | string {
  const [only = field] = kindsOf(field)
  const words = [
    ...(field.default === undefined ? [] : [`Unless you say: \`${JSON.stringify(field.default)}\``]),
    ...(isSet(only.minimum) ? [`at least ${only.minimum}`] : []),
    ...(isSet(only.maximum) ? [`at most ${only.maximum}`] : []),
    ...(isSet(only.maxLength) ? [`at most ${only.maxLength.toLocaleString('en')} characters`] : []),
    ...(isSet(only.maxItems) ? [`at most ${only.maxItems} entries`] : []),
  ]
  return words.length === 0 ? '' : html`<p class="bounds">${sentence(`${upperFirst(words.join(', '))}.`)}</p>`
}

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
