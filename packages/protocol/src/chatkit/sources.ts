import { z } from 'zod'
import { iconNameSchema } from './icons.js'
import { absentable, freeFormSchema, idSchema, indexSchema, openObject } from './wire.js'

const common = {
  title: z.string(),
  description: absentable(z.string()),
  timestamp: absentable(z.string()),
  group: absentable(z.string()),
}

/** Reads a {@link UrlSource}. */
export const urlSourceSchema = openObject({
  ...common,
  type: z.literal('url'),
  url: z.string(),
  attribution: absentable(z.string()),
})

/** Reads a {@link FileSource}. */
export const fileSourceSchema = openObject({ ...common, type: z.literal('file'), filename: z.string() })

/** Reads an {@link EntitySource}. */
export const entitySourceSchema = openObject({
  ...common,
  type: z.literal('entity'),
  id: idSchema,
  icon: absentable(iconNameSchema),
  label: absentable(z.string()),
  inline_label: absentable(z.string()),
  interactive: z.boolean().default(false),
  data: freeFormSchema.default({}),
  preview: absentable(z.literal('lazy')), // deprecated and ignored, still sent by older servers
})

/** Reads a {@link Source}. */
export const sourceSchema = z.discriminatedUnion('type', [urlSourceSchema, fileSourceSchema, entitySourceSchema])

/** Reads an {@link Annotation}. */
export const annotationSchema = openObject({
  type: z.literal('annotation').default('annotation'),
  source: sourceSchema,
  index: absentable(indexSchema),
})

/** A web page an answer rests on. ChatKit server protocol 1.6.5, `URLSource`. */
export type UrlSource = z.infer<typeof urlSourceSchema>

/** A file an answer rests on, by name. ChatKit server protocol 1.6.5, `FileSource`. */
export type FileSource = z.infer<typeof fileSourceSchema>

/** A thing of the integrator's own world an answer speaks of; `data` goes to the page's entity callbacks. ChatKit server protocol 1.6.5, `EntitySource`. */
export type EntitySource = z.infer<typeof entitySourceSchema>

/** What an answer rests on: a web page, a file or an entity. ChatKit server protocol 1.6.5, `Source`. */
export type Source = z.infer<typeof sourceSchema>

/** A source pinned to a place in a text; `index` is the character position, and equal positions form one group. ChatKit server protocol 1.6.5, `Annotation`. */
export type Annotation = z.infer<typeof annotationSchema>
