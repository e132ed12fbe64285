import type { Annotation } from '@parley/protocol'
import { z } from 'zod'

const wireAnnotation = z.discriminatedUnion('type', [
  z.object({ type: z.literal('file_citation'), filename: z.string().min(1), index: z.int().optional() }),
  z.object({ type: z.literal('container_file_citation'), filename: z.string().min(1), end_index: z.int().optional() }),
  z.object({
    type: z.literal('url_citation'),
    url: z.string().min(1),
    title: z.string().optional(),
    end_index: z.int().optional(),
  }),
])

/** An annotation of the Responses API → ChatKit's, or `null` for kinds it has no word for. Source: ChatKit's agents bridge. */
export function toAnnotation(annotation: unknown): Annotation | null {
  const { data } = wireAnnotation.safeParse(annotation)
  if (!data) return null
  if (data.type === 'url_citation')
    return {
      type: 'annotation',
      source: { type: 'url', url: data.url, title: data.title ?? data.url },
      index: data.end_index,
    }
  const { filename } = data
  return {
    type: 'annotation',
    source: { type: 'file', filename, title: filename },
    index: data.type === 'file_citation' ? data.index : data.end_index,
  }
}
