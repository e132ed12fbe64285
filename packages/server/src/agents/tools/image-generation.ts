import type { FunctionTool, RunContext as ToolContext } from '@openai/agents-core'
import { ParleyError } from '@parley/protocol'
import { fromBase64, toBase64 } from '../../base/base64.js'
import { type GuardedFetch, GuardedFetchError } from '../../base/guarded-fetch.js'
import { type ImageRequest, type ImageStep, PREVIEWS } from '../../models/make-image.js'
import type { ModelSource } from '../../models/model-source.js'
import type { AgentContext } from '../agent-context.js'
import { loadAgentsSdk } from '../sdk.js'

export interface ImageToolOptions {
  /** A model source's `makeImage`. */
  makeImage: NonNullable<ModelSource['makeImage']>
  /** How pictures are fetched that the host only names. Absent: those are not shown. */
  fetch?: GuardedFetch | undefined
}

const MAX_BYTES = 20 * 1024 * 1024

/** A tool that makes a picture from words, and shows it: first as previews where the host sends some. */
export async function imageTool({ makeImage, fetch }: ImageToolOptions): Promise<FunctionTool<AgentContext>> {
  const { tool } = await loadAgentsSdk()
  return tool({
    name: 'generate_image',
    description: 'Makes a picture from a description and shows it to the person. Do not repeat it or link to it.',
    strict: true,
    parameters: {
      type: 'object',
      properties: {
        prompt: { type: 'string', description: 'What the picture shows, in detail.' },
        shape: { type: 'string', enum: ['square', 'landscape', 'portrait'] },
      },
      required: ['prompt', 'shape'],
      additionalProperties: false,
    },
    async execute(input, toolContext?: ToolContext<AgentContext>, details?: { signal?: AbortSignal }) {
      const { prompt, shape } = input as { prompt?: unknown; shape?: unknown } // the model fills it in: it may be anything
      const context = toolContext?.context
      if (!context) return 'There is nowhere to show a picture.'
      const request = { prompt: String(prompt ?? ''), shape: shapeOf(shape), signal: details?.signal }
      try {
        await showImage(context, makeImage(request), fetch)
        return 'The picture is made, and shown to the person.'
      } catch (thrown) {
        if (details?.signal?.aborted) throw thrown
        if (thrown instanceof ParleyError || thrown instanceof GuardedFetchError)
          return `The picture could not be made: ${thrown.message}`
        throw thrown
      }
    },
  }) as FunctionTool<AgentContext> // a JSON schema leaves the type of the arguments open
}

const shapeOf = (shape: unknown): ImageRequest['shape'] =>
  shape === 'landscape' || shape === 'portrait' ? shape : 'square'

/** Shows a picture while it is being made; one that does not come is taken away again. */
async function showImage(context: AgentContext, steps: AsyncIterable<ImageStep>, fetch: GuardedFetch | undefined) {
  const head = { id: context.generateId('message'), thread_id: context.thread.id, created_at: new Date().toISOString() }
  const item = { type: 'generated_image', ...head } as const
  context.stream({ type: 'thread.item.added', item })
  try {
    for await (const step of steps) {
      if (step.type === 'done') {
        const image = await keep(context, step.image, fetch)
        context.stream({ type: 'thread.item.done', item: { ...item, image } })
        return
      }
      const image = { id: item.id, url: toDataUrl(step.base64) }
      const progress = Math.min(1, (step.index + 1) / (PREVIEWS + 1))
      context.stream({
        type: 'thread.item.updated',
        item_id: item.id,
        update: { type: 'generated_image.updated', image, progress },
      })
    }
    throw new ParleyError('model_failed', 'The model host ended without a picture.')
  } catch (thrown) {
    context.stream({ type: 'thread.item.removed', item_id: item.id })
    throw thrown
  }
}

/** The picture as the thread keeps it: a file with an address, or where there is no place for files, the picture itself. */
async function keep(
  context: AgentContext,
  image: Extract<ImageStep, { type: 'done' }>['image'],
  fetch: GuardedFetch | undefined,
): Promise<{ id: string; url: string }> {
  const data = 'base64' in image ? fromBase64(image.base64) : await download(image.url, fetch)
  if (!context.files) return { id: context.generateId('attachment'), url: toDataUrl(toBase64(data)) }
  const { attachment, address } = await context.files.saveFile({ name: 'picture.png', mime_type: 'image/png', data })
  return { id: attachment.id, url: address }
}

async function download(url: string, fetch: GuardedFetch | undefined): Promise<Uint8Array> {
  if (!fetch) throw new ParleyError('not_configured', 'This server fetches no pictures.')
  const response = await fetch(url, { maxBytes: MAX_BYTES })
  if (!response.ok) throw new ParleyError('remote_failed', `${new URL(url).host} answered ${response.status}.`)
  return new Uint8Array(await response.arrayBuffer())
}

const toDataUrl = (base64: string): string => `data:image/png;base64,${base64}`
