import { z } from 'zod'
import { assistantMessageContentSchema } from './content.js'
import { generatedImageSchema } from './items.js'
import { annotationSchema } from './sources.js'
import { taskSchema } from './tasks.js'
import { widgetComponentSchema, widgetRootSchema } from './widgets/tree.js'
import { absentable, idSchema, indexSchema, openObject } from './wire.js'

/** Reads a {@link ContentPartAdded}. */
export const contentPartAddedSchema = openObject({
  type: z.literal('assistant_message.content_part.added'),
  content_index: indexSchema,
  content: assistantMessageContentSchema,
})

/** Reads a {@link ContentPartTextDelta}. */
export const contentPartTextDeltaSchema = openObject({
  type: z.literal('assistant_message.content_part.text_delta'),
  content_index: indexSchema,
  delta: z.string(),
})

/** Reads a {@link ContentPartAnnotationAdded}. */
export const contentPartAnnotationAddedSchema = openObject({
  type: z.literal('assistant_message.content_part.annotation_added'),
  content_index: indexSchema,
  annotation_index: indexSchema,
  annotation: annotationSchema,
})

/** Reads a {@link ContentPartDone}. */
export const contentPartDoneSchema = openObject({
  type: z.literal('assistant_message.content_part.done'),
  content_index: indexSchema,
  content: assistantMessageContentSchema,
})

/** Reads a {@link WidgetStreamingTextValueDelta}. */
export const widgetStreamingTextValueDeltaSchema = openObject({
  type: z.literal('widget.streaming_text.value_delta'),
  component_id: idSchema,
  delta: z.string(),
  done: z.boolean(),
})

/** Reads a {@link WidgetComponentUpdated}. */
export const widgetComponentUpdatedSchema = openObject({
  type: z.literal('widget.component.updated'),
  component_id: idSchema,
  component: widgetComponentSchema,
})

/** Reads a {@link WidgetRootUpdated}. */
export const widgetRootUpdatedSchema = openObject({ type: z.literal('widget.root.updated'), widget: widgetRootSchema })

/** Reads a {@link WorkflowTaskAdded}. */
export const workflowTaskAddedSchema = openObject({
  type: z.literal('workflow.task.added'),
  task_index: indexSchema,
  task: taskSchema,
})

/** Reads a {@link WorkflowTaskUpdated}. */
export const workflowTaskUpdatedSchema = openObject({
  type: z.literal('workflow.task.updated'),
  task_index: indexSchema,
  task: taskSchema,
})

/** Reads a {@link GeneratedImageUpdated}. */
export const generatedImageUpdatedSchema = openObject({
  type: z.literal('generated_image.updated'),
  image: generatedImageSchema,
  progress: absentable(z.number().min(0).max(1)),
})

/** Reads a {@link ThreadItemUpdate}. */
export const threadItemUpdateSchema = z.discriminatedUnion('type', [
  contentPartAddedSchema,
  contentPartTextDeltaSchema,
  contentPartAnnotationAddedSchema,
  contentPartDoneSchema,
  widgetStreamingTextValueDeltaSchema,
  widgetComponentUpdatedSchema,
  widgetRootUpdatedSchema,
  workflowTaskAddedSchema,
  workflowTaskUpdatedSchema,
  generatedImageUpdatedSchema,
])

/** A part of an answer began; it replaces whatever stands at its index. ChatKit server protocol 1.6.5, `AssistantMessageContentPartAdded`. */
export type ContentPartAdded = z.infer<typeof contentPartAddedSchema>

/** Text to append to a part of an answer. ChatKit server protocol 1.6.5, `AssistantMessageContentPartTextDelta`. */
export type ContentPartTextDelta = z.infer<typeof contentPartTextDeltaSchema>

/** A source to insert into a part of an answer, at the end when its index lies behind it. ChatKit server protocol 1.6.5, `AssistantMessageContentPartAnnotationAdded`. */
export type ContentPartAnnotationAdded = z.infer<typeof contentPartAnnotationAddedSchema>

/** A part of an answer is complete; the text is final, while its annotations may be missing until the item is done. ChatKit server protocol 1.6.5, `AssistantMessageContentPartDone`. */
export type ContentPartDone = z.infer<typeof contentPartDoneSchema>

/** Text to append to the `Text` or `Markdown` with this id. ChatKit server protocol 1.6.5, `WidgetStreamingTextValueDelta`. */
export type WidgetStreamingTextValueDelta = z.infer<typeof widgetStreamingTextValueDeltaSchema>

/** The component with this id has changed as a whole. ChatKit server protocol 1.6.5, `WidgetComponentUpdated`. */
export type WidgetComponentUpdated = z.infer<typeof widgetComponentUpdatedSchema>

/** The whole widget has changed. ChatKit server protocol 1.6.5, `WidgetRootUpdated`. */
export type WidgetRootUpdated = z.infer<typeof widgetRootUpdatedSchema>

/** A step was added to a workflow. ChatKit server protocol 1.6.5, `WorkflowTaskAdded`. */
export type WorkflowTaskAdded = z.infer<typeof workflowTaskAddedSchema>

/** A step of a workflow has changed; `task` is the whole step. ChatKit server protocol 1.6.5, `WorkflowTaskUpdated`. */
export type WorkflowTaskUpdated = z.infer<typeof workflowTaskUpdatedSchema>

/** A picture got clearer; `progress` runs from 0 to 1. ChatKit server protocol 1.6.5, `GeneratedImageUpdated`. */
export type GeneratedImageUpdated = z.infer<typeof generatedImageUpdatedSchema>

/** A change to an item that is not done yet: ten kinds, told apart by `type`. ChatKit server protocol 1.6.5, `ThreadItemUpdate`. */
export type ThreadItemUpdate = z.infer<typeof threadItemUpdateSchema>
