import type { ModelRequest } from '@openai/agents-core/model'

/** A function the model may call: a tool or a handoff, the same thing to a model. */
export interface FunctionSchema {
  name: string
  description: string
  parameters: Record<string, unknown>
  strict: boolean
}

const cleaned = new WeakMap<object, Record<string, unknown>>()

/** All functions of a request. zod's `$schema` key is left out: strict hosts refuse it. */
export function functionSchemas({ tools, handoffs }: ModelRequest): FunctionSchema[] {
  const functions: FunctionSchema[] = []
  for (const tool of tools)
    if (tool.type === 'function')
      functions.push({
        name: tool.name,
        description: tool.description,
        parameters: withoutMetaSchema(tool.parameters),
        strict: tool.strict,
      })
  for (const handoff of handoffs)
    functions.push({
      name: handoff.toolName,
      description: handoff.toolDescription,
      parameters: withoutMetaSchema(handoff.inputJsonSchema),
      strict: handoff.strictJsonSchema,
    })
  return functions
}

function withoutMetaSchema(schema: object): Record<string, unknown> {
  const known = cleaned.get(schema)
  if (known) return known
  const { $schema: _, ...rest } = schema as Record<string, unknown> // a JSON schema is a JSON object
  cleaned.set(schema, rest)
  return rest
}
