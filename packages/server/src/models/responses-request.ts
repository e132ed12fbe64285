import type { ModelRequest } from '@openai/agents-core/model'
import type { AgentInputItem } from '@openai/agents-core/types'
import { functionSchemas } from './tool-schemas.js'

/** The body of a streaming Responses request. Nothing is stored at the host: the whole thread is sent. Source: OpenAI's API reference, "Create a model response". */
export function encodeResponsesRequest(
  model: string,
  request: ModelRequest,
): { model: string } & Record<string, unknown> {
  const { modelSettings: settings, systemInstructions, input, outputType } = request
  const tools = [
    ...functionSchemas(request).map((schema) => ({ type: 'function', ...schema })),
    ...request.tools.flatMap((tool) => (tool.type === 'hosted_tool' ? [encodeHostedTool(tool)] : [])),
  ]
  const store = settings.store ?? false
  return {
    model,
    instructions: systemInstructions,
    input: typeof input === 'string' ? input : input.flatMap(encodeItem),
    ...(tools.length > 0 && {
      tools,
      tool_choice: encodeToolChoice(settings.toolChoice),
      parallel_tool_calls: settings.parallelToolCalls,
    }),
    ...(request.previousResponseId && { previous_response_id: request.previousResponseId }),
    ...(request.conversationId && { conversation: request.conversationId }),
    ...((outputType !== 'text' || settings.text) && {
      text: {
        verbosity: settings.text?.verbosity ?? undefined,
        format:
          outputType === 'text'
            ? undefined
            : { type: 'json_schema', name: outputType.name, strict: outputType.strict, schema: outputType.schema },
      },
    }),
    ...(settings.reasoning && {
      reasoning: { effort: settings.reasoning.effort ?? undefined, summary: settings.reasoning.summary ?? undefined },
    }),
    temperature: settings.temperature,
    top_p: settings.topP,
    truncation: settings.truncation,
    max_output_tokens: settings.maxTokens,
    store,
    include: store ? undefined : ['reasoning.encrypted_content'],
    stream: true,
    ...settings.providerData,
  }
}

/** A hosted tool carries its wire form already; only the Agents SDK's own `name` is in the way. */
function encodeHostedTool({ providerData }: { providerData?: Record<string, unknown> }): Record<string, unknown> {
  const { name: _, ...tool } = providerData ?? {}
  return tool
}

function encodeToolChoice(choice: string | undefined): unknown {
  if (choice === undefined || choice === 'auto' || choice === 'required' || choice === 'none') return choice
  return { type: 'function', name: choice }
}

function encodeItem(item: AgentInputItem): unknown[] {
  if ('role' in item) return [encodeMessage(item)]
  if (item.type === 'function_call')
    return [{ type: 'function_call', call_id: item.callId, name: item.name, arguments: item.arguments }]
  if (item.type === 'function_call_result')
    return [{ type: 'function_call_output', call_id: item.callId, output: encodeToolOutput(item.output) }]
  // what only this API makes is sent back as it came: reasoning with its encrypted text, calls of hosted tools
  const raw = item.providerData?.raw
  return raw && typeof raw === 'object' ? [raw] : []
}

type MessageItem = Extract<AgentInputItem, { role: string }>
type UserParts = Exclude<Extract<MessageItem, { role: 'user' }>['content'], string>
type ToolOutput = Extract<AgentInputItem, { type: 'function_call_result' }>['output']

function encodeMessage(item: MessageItem): unknown {
  if (item.role !== 'assistant')
    return { role: item.role, content: typeof item.content === 'string' ? item.content : item.content.map(encodePart) }
  const content = item.content.flatMap<{ type: string }>((part) =>
    part.type === 'output_text'
      ? [{ type: 'output_text', text: part.text }]
      : part.type === 'refusal'
        ? [{ type: 'refusal', refusal: part.refusal }]
        : [],
  )
  return { type: 'message', role: 'assistant', content }
}

function encodePart(part: UserParts[number]): unknown {
  if (part.type === 'input_image')
    return { type: 'input_image', detail: part.detail ?? 'auto', ...referenceOf(part.image, 'image_url') }
  if (part.type === 'input_file')
    return { type: 'input_file', filename: part.filename, ...referenceOf(part.file, 'file_data') }
  if (part.type === 'audio')
    return { type: 'input_audio', input_audio: { data: part.audio, format: part.format ?? 'wav' } }
  return { type: 'input_text', text: part.text }
}

function referenceOf(value: string | object | undefined, inline: 'image_url' | 'file_data'): Record<string, unknown> {
  if (value && typeof value === 'object')
    return 'id' in value ? { file_id: value.id } : { file_url: Object.values(value)[0] }
  if (inline === 'file_data' && value?.startsWith('http')) return { file_url: value }
  return { [inline]: value }
}

function encodeToolOutput(output: ToolOutput): string | unknown[] {
  if (typeof output === 'string') return output
  if (Array.isArray(output)) return output.map(encodePart)
  if (output.type === 'text') return output.text
  if (output.type === 'image' && typeof output.image === 'string')
    return [{ type: 'input_image', detail: 'auto', image_url: output.image }]
  return JSON.stringify(output)
}
