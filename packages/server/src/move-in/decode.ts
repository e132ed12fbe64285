import { type Task, type ThreadItem, type ThreadMetadata, threadItemSchema } from '@parley/protocol'
import type { z } from 'zod'
import { type HostedItem, type HostedTask, type HostedThread, hostedBodies } from './hosted-objects.js'

/** A thread as the hosted lists show it → ours. Ids and times stay. */
export function decodeThread({ id, created_at, title, status }: HostedThread): ThreadMetadata {
  return {
    id,
    ...(title && { title }),
    created_at: toIso(created_at),
    status:
      status?.type === 'locked' || status?.type === 'closed'
        ? { type: status.type, ...(status.reason && { reason: status.reason }) }
        : { type: 'active' },
    metadata: {},
  }
}

/**
 * An item as the hosted lists show it → ours. `null`: a kind nobody knows, or one that says something else than it should.
 * Files are named; their bytes cannot be had. Steps have lost their icons, and what was still open is closed.
 */
export function decodeItem(item: HostedItem): ThreadItem | null {
  const decode = Object.hasOwn(DECODERS, item.type) ? DECODERS[item.type as keyof typeof DECODERS] : undefined
  const body = decode?.(item)
  if (!body) return null
  const head = { id: item.id, thread_id: item.thread_id, created_at: toIso(item.created_at) }
  const checked = threadItemSchema.safeParse({ ...head, ...body })
  return checked.success ? checked.data : null
}

/** What nobody knows, kept for the model and out of people's sight: nothing is lost. */
export const keepUnknown = (item: HostedItem): ThreadItem => ({
  id: item.id,
  thread_id: item.thread_id,
  created_at: toIso(item.created_at),
  type: 'hidden_context_item',
  content: item,
})

const toIso = (unixSeconds: number) => new Date(unixSeconds * 1000).toISOString()

type Body = { type: ThreadItem['type'] } & Record<string, unknown>

/** Reads what the kind says, then makes ours of it. */
const decoder =
  <Schema extends z.ZodType>(schema: Schema, decode: (body: z.output<Schema>) => Body | null) =>
  (item: HostedItem): Body | null => {
    const read = schema.safeParse(item)
    return read.success ? decode(read.data) : null
  }

const DECODERS: Record<keyof typeof hostedBodies, (item: HostedItem) => Body | null> = {
  'chatkit.user_message': decoder(
    hostedBodies['chatkit.user_message'],
    ({ content, attachments, inference_options }) => {
      const quoted = content.filter(({ type }) => type === 'quoted_text').map(({ text }) => text)
      return {
        type: 'user_message',
        content: content.filter(({ type }) => type === 'input_text'),
        // A picture without its bytes is shown as any other file.
        attachments: (attachments ?? []).map(({ id, name, mime_type }) => ({ type: 'file', id, name, mime_type })),
        ...(quoted.length > 0 && { quoted_text: quoted.join('\n') }),
        inference_options: {
          ...(inference_options?.tool_choice && { tool_choice: inference_options.tool_choice }),
          ...(inference_options?.model && { model: inference_options.model }),
        },
      }
    },
  ),
  'chatkit.assistant_message': decoder(hostedBodies['chatkit.assistant_message'], ({ content }) => ({
    type: 'assistant_message',
    content: content.map(({ type, text, annotations }) => ({
      type,
      text,
      annotations: (annotations ?? []).map((annotation) =>
        annotation.type === 'url'
          ? { source: { type: 'url', title: annotation.source.url, url: annotation.source.url } }
          : { source: { type: 'file', title: annotation.source.filename, filename: annotation.source.filename } },
      ),
    })),
  })),
  'chatkit.widget': decoder(hostedBodies['chatkit.widget'], (body) => {
    const widget = parseJson(body.widget)
    return widget === undefined ? null : { type: 'widget', widget }
  }),
  'chatkit.client_tool_call': decoder(hostedBodies['chatkit.client_tool_call'], (call) => {
    const given = parseJson(call.arguments)
    const output = call.output == null ? undefined : (parseJson(call.output) ?? call.output)
    // Nobody waits for an answer any more.
    return {
      type: 'client_tool_call',
      status: 'completed',
      call_id: call.call_id,
      name: call.name,
      arguments: given ?? {},
      ...(output !== undefined && { output }),
    }
  }),
  'chatkit.task': decoder(hostedBodies['chatkit.task'], ({ task_type, ...task }) => ({
    type: 'task',
    task: decodeTask({ ...task, type: task_type }),
  })),
  'chatkit.task_group': decoder(hostedBodies['chatkit.task_group'], ({ tasks }) => ({
    type: 'workflow',
    workflow: {
      type: tasks.every(({ type }) => type === 'thought') ? 'reasoning' : 'custom',
      tasks: tasks.map(decodeTask),
      expanded: false,
    },
  })),
}

function decodeTask({ type, heading, summary }: HostedTask): Task {
  const head = { status_indicator: 'complete' as const, ...(heading && { title: heading }) }
  return type === 'thought'
    ? { ...head, type: 'thought', content: summary ?? '' }
    : { ...head, type: 'custom', ...(summary && { content: summary }) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no JSON after all
  }
}
