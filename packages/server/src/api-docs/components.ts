import { z } from 'zod'

export type Json = Record<string, unknown>

type Direction = 'input' | 'output'

/** Turns schemas into JSON schemas, and keeps those with a name of their own for a document to refer to. */
export interface Components {
  /** The schema of what a caller sends. */
  sent(schema: z.ZodType): Json
  /** The schema of what a caller gets. */
  got(schema: z.ZodType): Json
  /** The document with its references, and everything they refer to. */
  finish(document: Json): { document: Json; schemas: Json }
}

export function createComponents(): Components {
  const kept: Record<Direction, Json> = { input: {}, output: {} }

  function convert(schema: z.ZodType, wanted: Direction): Json {
    const output = wanted === 'output' ? toJsonSchema(schema, 'output') : null
    const direction = output ? 'output' : 'input' // what goes in is what is on the wire
    const json = output ?? toJsonSchema(schema, 'input') ?? {}
    const { $defs = {}, ...rest } = json as { $defs?: Json } & Json // a JSON schema has no other
    const mark = (value: unknown) => markReferences(value, direction)
    for (const [name, definition] of Object.entries($defs)) kept[direction][name] ??= mark(definition)
    return mark(rest) as Json // an object stays one
  }

  return {
    sent: (schema) => convert(schema, 'input'),
    got: (schema) => convert(schema, 'output'),
    finish(document) {
      const names = (direction: Direction) => Object.keys(kept[direction])
      const differs = (name: string) =>
        name in kept.output && JSON.stringify(plain(kept.input[name])) !== JSON.stringify(plain(kept.output[name]))
      const nameOf = (direction: Direction, name: string) =>
        direction === 'input' && differs(name) ? `${name}Input` : name
      const point = (value: unknown) =>
        JSON.parse(
          JSON.stringify(value).replaceAll(MARKED, (_, direction: Direction, name: string) =>
            JSON.stringify(`#/components/schemas/${nameOf(direction, name)}`),
          ),
        )
      const entries = (['output', 'input'] as const).flatMap((direction) =>
        names(direction).map((name) => [nameOf(direction, name), point(kept[direction][name])] as const),
      )
      return { document: point(document), schemas: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) }
    },
  }
}

/** References until it is known whether what is sent and what is got differ. */
const MARKED = /"#(input|output)\/([^"]+)"/g
const markReferences = (value: unknown, direction: Direction): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', `"#${direction}/`))
const plain = (value: unknown): unknown => JSON.parse((JSON.stringify(value) ?? 'null').replaceAll(MARKED, '"$2"'))

/** Schemas stay as they are, and take long enough that nobody converts one twice. */
const converted: Record<Direction, WeakMap<z.ZodType, Json | null>> = { input: new WeakMap(), output: new WeakMap() }

/** `null`: a shape that is read through a transform has no schema of what comes out. */
function toJsonSchema(schema: z.ZodType, io: Direction): Json | null {
  const known = converted[io].get(schema)
  if (known !== undefined) return known
  const made = makeJsonSchema(schema, io)
  converted[io].set(schema, made)
  return made
}

function makeJsonSchema(schema: z.ZodType, io: Direction): Json | null {
  try {
    const { $schema: _, ...json } = z.toJSONSchema(schema, {
      io,
      unrepresentable: io === 'input' ? 'any' : 'throw',
      override({ zodSchema, jsonSchema }) {
        // The expression behind a time is a page long and says no more than its format.
        if (zodSchema._zod.def.type === 'string' && jsonSchema.format === 'date-time') delete jsonSchema.pattern
        // Answers may get more fields without being another version.
        if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
      },
    })
    return json
  } catch {
    return null
  }
}
