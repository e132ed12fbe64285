import type { ModelRequest } from '@openai/agents-core/model'
import type { AgentInputItem } from '@openai/agents-core/types'
import { ParleyError } from '@parley/protocol'
import { functionSchemas } from './tool-schemas.js'

/** The body of a streaming chat-completions request. Source: OpenAI's API reference, "Create chat completion". */
export function encodeChatRequest(model: string, request: ModelRequest): { model: string } & Record<string, unknown> {
  const { modelSettings: settings, systemInstructions, input, outputType } = request
  refuseHostedTools(request)
  const tools = functionSchemas(request).map((schema) => ({ type: 'function', function: schema }))
  return {
    model,
    messages: encodeMessages(systemInstructions, typeof input === 'string' ? [userText(input)] : input),
    ...(tools.length > 0 && {
      tools,
      tool_choice: encodeToolChoice(settings.toolChoice),
      parallel_tool_calls: settings.parallelToolCalls,
    }),
    ...(outputType !== 'text' && {
      response_format: {
        type: 'json_schema',
        json_schema: { name: outputType.name, strict: outputType.strict, schema: outputType.schema },
      },
    }),
    temperature: settings.temperature,
    top_p: settings.topP,
    frequency_penalty: settings.frequencyPenalty,
    presence_penalty: settings.presencePenalty,
    max_tokens: settings.maxTokens,
    reasoning_effort: settings.reasoning?.effort ?? undefined,
    verbosity: settings.text?.verbosity ?? undefined,
    stream: true,
    stream_options: { include_usage: true },
    ...settings.providerData,
  }
}

function refuseHostedTools({ tools }: ModelRequest): void {
  const hosted = tools.find((tool) => tool.type !== 'function')
  if (hosted)
    throw new ParleyError(
      'not_configured',
      `The tool "${hosted.name}" runs at OpenAI and needs its Responses API; this model host only speaks chat completions. ` +
        'Use a function tool, or leave OPENAI_BASE_URL unset.',
    )
}

function encodeToolChoice(choice: string | undefined): unknown {
  if (choice === undefined || choice === 'auto' || choice === 'required' || choice === 'none') return choice
  return { type: 'function', function: { name: choice } }
}

interface AssistantDraft {
  role: 'assistant'
  content: string | null
  tool_calls?: unknown[]
  [reasoning: string]: unknown
}

type Message = AssistantDraft | { role: 'system' | 'user' | 'tool'; content: unknown; tool_call_id?: string }

/**
 * Items → messages. A chat message holds an answer's text, its reasoning and its tool calls together, while items hold
 * them one after the other: they are gathered until something else comes.
 */
function encodeMessages(instructions: string | undefined, items: AgentInputItem[]): Message[] {
  const messages: Message[] = instructions ? [{ role: 'system', content: instructions }] : []
  let draft: AssistantDraft | undefined
  const assistant = (): AssistantDraft => {
    if (!draft) {
      draft = { role: 'assistant', content: null }
      messages.push(draft)
    }
    return draft
  }
  for (const item of items) {
    if (item.type === 'reasoning') {
      const field = item.providerData?.field
      if (typeof field === 'string') assistant()[field] = item.content.map(({ text }) => text).join('\n')
    } else if (item.type === 'function_call') {
      const call = { name: item.name, arguments: item.arguments || '{}' }
      const message = assistant()
      message.tool_calls ??= []
      message.tool_calls.push({ id: item.callId, type: 'function', function: call })
    } else if (item.type === 'function_call_result') {
      draft = undefined
      messages.push({ role: 'tool', tool_call_id: item.callId, content: encodeToolOutput(item.output) })
    } else if (isMessage(item)) {
      if (item.role === 'assistant') {
        if (draft?.content != null || draft?.tool_calls) draft = undefined
        assistant().content = encodeAnswer(item.content)
      } else {
        draft = undefined
        messages.push({ role: item.role, content: encodeContent(item.content) })
      }
    }
    // every other kind belongs to a hosted tool, which no chat-completions host has
  }
  return messages
}

type MessageItem = Extract<AgentInputItem, { role: string }>
type UserParts = Exclude<Extract<MessageItem, { role: 'user' }>['content'], string>
type AnswerParts = Extract<MessageItem, { role: 'assistant' }>['content']
type ToolOutput = Extract<AgentInputItem, { type: 'function_call_result' }>['output']

const isMessage = (item: AgentInputItem): item is MessageItem => 'role' in item

const userText = (text: string): AgentInputItem => ({ type: 'message', role: 'user', content: text })

const encodeAnswer = (parts: AnswerParts): string =>
  parts.map((part) => (part.type === 'output_text' ? part.text : part.type === 'refusal' ? part.refusal : '')).join('')

function encodeContent(content: string | UserParts): unknown {
  if (typeof content === 'string') return content
  const [only] = content
  return content.length === 1 && only?.type === 'input_text' ? only.text : content.map(encodePart)
}

function encodePart(part: UserParts[number]): unknown {
  if (part.type === 'input_text') return { type: 'text', text: part.text }
  if (part.type === 'input_image')
    return { type: 'image_url', image_url: { url: urlOf(part.image, 'image'), detail: part.detail } }
  if (part.type === 'input_file')
    return { type: 'file', file: { file_data: urlOf(part.file, 'file'), filename: part.filename } }
  return { type: 'input_audio', input_audio: { data: urlOf(part.audio, 'recording'), format: part.format ?? 'wav' } }
}

function urlOf(value: string | object | undefined, what: string): string {
  if (typeof value === 'string') return value
  if (value && 'url' in value && typeof value.url === 'string') return value.url
  throw new ParleyError(
    'invalid_request',
    `This model host cannot read a ${what} that is stored at OpenAI. Send it as a data URL or a web address.`,
  )
}

function encodeToolOutput(output: ToolOutput): string {
  if (typeof output === 'string') return output
  const parts = Array.isArray(output) ? output : [output]
  return parts
    .map((part) => ('text' in part ? part.text : `[${part.type}: this model host takes text only]`))
    .join('\n')
}
