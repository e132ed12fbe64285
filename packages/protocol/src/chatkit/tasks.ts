import { z } from 'zod'
import { iconNameSchema } from './icons.js'
import { fileSourceSchema, urlSourceSchema } from './sources.js'
import { absentable, openObject } from './wire.js'

const common = {
  status_indicator: z.enum(['none', 'loading', 'complete']).default('none'),
  title: absentable(z.string()),
}

/** Reads a {@link CustomTask}. */
export const customTaskSchema = openObject({
  ...common,
  type: z.literal('custom'),
  icon: absentable(iconNameSchema),
  content: absentable(z.string()),
})

/** Reads a {@link WebSearchTask}. */
export const webSearchTaskSchema = openObject({
  ...common,
  type: z.literal('web_search'),
  title_query: absentable(z.string()),
  queries: z.array(z.string()).default([]),
  sources: z.array(urlSourceSchema).default([]),
})

/** Reads a {@link ThoughtTask}. */
export const thoughtTaskSchema = openObject({ ...common, type: z.literal('thought'), content: z.string() })

/** Reads a {@link FileTask}. */
export const fileTaskSchema = openObject({
  ...common,
  type: z.literal('file'),
  sources: z.array(fileSourceSchema).default([]),
})

/** Reads an {@link ImageTask}. */
export const imageTaskSchema = openObject({ ...common, type: z.literal('image') })

/** Reads a {@link Task}. */
export const taskSchema = z.discriminatedUnion('type', [
  customTaskSchema,
  webSearchTaskSchema,
  thoughtTaskSchema,
  fileTaskSchema,
  imageTaskSchema,
])

const customSummarySchema = openObject({ title: z.string(), icon: absentable(iconNameSchema) })
const durationSummarySchema = openObject({ duration: z.int().min(0) })

/** Reads a {@link WorkflowSummary}. `duration` comes first: the two shapes have no `type`, and a `duration` decides. */
export const workflowSummarySchema = z.union([durationSummarySchema, customSummarySchema])

/** Reads a {@link Workflow}. */
export const workflowSchema = openObject({
  type: z.enum(['custom', 'reasoning']),
  tasks: z.array(taskSchema),
  summary: absentable(workflowSummarySchema),
  expanded: z.boolean().default(false),
})

/** A step in the integrator's own words. ChatKit server protocol 1.6.5, `CustomTask`. */
export type CustomTask = z.infer<typeof customTaskSchema>

/** A search of the web: what was asked and which pages came back. ChatKit server protocol 1.6.5, `SearchTask`. */
export type WebSearchTask = z.infer<typeof webSearchTaskSchema>

/** A piece of the model's reasoning that may be shown. ChatKit server protocol 1.6.5, `ThoughtTask`. */
export type ThoughtTask = z.infer<typeof thoughtTaskSchema>

/** Files that were read. ChatKit server protocol 1.6.5, `FileTask`. */
export type FileTask = z.infer<typeof fileTaskSchema>

/** An image being looked at or made. ChatKit server protocol 1.6.5, `ImageTask`. */
export type ImageTask = z.infer<typeof imageTaskSchema>

/** One step of the work shown to the person; `status_indicator` has a meaning inside a workflow only. ChatKit server protocol 1.6.5, `Task`. */
export type Task = z.infer<typeof taskSchema>

/** The folded headline of a workflow: a title, or how many seconds it took. ChatKit server protocol 1.6.5, `WorkflowSummary`. */
export type WorkflowSummary = z.infer<typeof workflowSummarySchema>

/** A list of steps shown as one foldable item. ChatKit server protocol 1.6.5, `Workflow`. */
export type Workflow = z.infer<typeof workflowSchema>
