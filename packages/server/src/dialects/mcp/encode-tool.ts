import type { InputField } from '@parley/protocol'
import type { AnyApp } from '../../catalog/workspace-apps.js'
import type { Runnable } from '../../runnable/runnable.js'
import { OUTPUT_SCHEMA, type WireTool } from './schema.js'

/** An app as a tool. */
export interface AppTool {
  id: string
  title: string
  description: string
  inputs: readonly InputField[]
  /** Whether it has to be told something. */
  takesMessage: boolean
}

/** What a tool's name may be made of. Source: the MCP specification 2025-11-25, "Tool Names". */
export const toolName = (appId: string): string => appId.replace(/[^\w.-]/g, '_').slice(0, 128)

/** @param runnable The app as it runs. */
export function toTool(
  app: AnyApp<unknown>,
  { inputs = [], mode = 'chat' }: Pick<Runnable, 'inputs' | 'mode'>,
): AppTool {
  const id = 'code' in app ? app.code.id : app.stored.app.id
  const { name, description } = 'code' in app ? { name: id, description: undefined } : app.stored.app
  return {
    id,
    title: name,
    description: description || `Asks “${name}”, and answers with what it says.`,
    inputs: inputs.filter(({ type }) => type !== 'file' && type !== 'file-list'),
    takesMessage: mode !== 'completion' && mode !== 'workflow',
  }
}

export function encodeTool({ id, title, description, inputs, takesMessage }: AppTool): WireTool {
  const required = inputs.filter((field) => field.required && !('default' in field && field.default !== undefined))
  return {
    name: toolName(id),
    title,
    description,
    inputSchema: {
      type: 'object',
      properties: {
        message: { type: 'string', description: 'What to say to it.' },
        thread_id: {
          type: 'string',
          description: 'Goes on with an earlier conversation: the thread_id of its answer. Absent: a new one.',
        },
        ...(inputs.length > 0 && {
          inputs: {
            type: 'object',
            description: 'What it asks for when a conversation begins.',
            properties: Object.fromEntries(inputs.map((field) => [field.variable, schemaOf(field)])),
            ...(required.length > 0 && { required: required.map(({ variable }) => variable) }),
          },
        }),
      },
      ...(takesMessage && { required: ['message'] }),
    },
    outputSchema: OUTPUT_SCHEMA,
  }
}

function schemaOf(field: InputField): Record<string, unknown> {
  const { label } = field
  return { ...(label !== '' && { description: label }), ...typeOf(field) }
}

function typeOf(field: InputField): Record<string, unknown> {
  if (field.type === 'number') return { type: 'number' }
  if (field.type === 'checkbox') return { type: 'boolean' }
  if (field.type === 'select') return { type: 'string', enum: field.options }
  if (field.type === 'json_object') return { type: 'object' }
  const length = 'max_length' in field ? field.max_length : undefined
  return { type: 'string', ...(length !== undefined && { maxLength: length }) }
}
