import { z } from 'zod'
import { attachmentSchema } from './attachments.js'
import { assistantMessageContentSchema, inferenceOptionsSchema, userMessageContentSchema } from './content.js'
import { structuredInputSchema } from './structured-input.js'
import { taskSchema, workflowSchema } from './tasks.js'
import { widgetRootSchema } from './widgets/tree.js'
import { absentable, freeFormSchema, idSchema, openObject, timestampSchema } from './wire.js'

const common = { id: idSchema, thread_id: idSchema, created_at: timestampSchema }

/** Reads a {@link UserMessageItem}. */
export const userMessageItemSchema = openObject({
  ...common,
  type: z.literal('user_message'),
  content: z.array(userMessageContentSchema),
  attachments: z.array(attachmentSchema).default([]),
  quoted_text: absentable(z.string()),
  inference_options: inferenceOptionsSchema.default({}),
})

/** Reads an {@link AssistantMessageItem}. */
export const assistantMessageItemSchema = openObject({
  ...common,
  type: z.literal('assistant_message'),
  content: z.array(assistantMessageContentSchema),
})

/** Reads a {@link ClientToolCallItem}. */
export const clientToolCallItemSchema = openObject({
  ...common,
  type: z.literal('client_tool_call'),
  status: z.enum(['pending', 'completed']).default('pending'),
  call_id: z.string(),
  name: z.string(),
  arguments: freeFormSchema,
  output: z.unknown().optional(),
})

/** Reads a {@link WidgetItem}. */
export const widgetItemSchema = openObject({
  ...common,
  type: z.literal('widget'),
  widget: widgetRootSchema,
  copy_text: absentable(z.string()),
})

/** Reads a {@link GeneratedImage}. */
export const generatedImageSchema = openObject({ id: idSchema, url: z.string() })

/** Reads a {@link GeneratedImageItem}. */
export const generatedImageItemSchema = openObject({
  ...common,
  type: z.literal('generated_image'),
  image: absentable(generatedImageSchema),
})

/** Reads a {@link StructuredInputItem}. */
export const structuredInputItemSchema = openObject({
  ...common,
  type: z.literal('structured_input'),
  status: z.enum(['pending', 'answered', 'skipped']).default('pending'),
  inputs: z.array(structuredInputSchema),
})

/** Reads a {@link TaskItem}. */
export const taskItemSchema = openObject({ ...common, type: z.literal('task'), task: taskSchema })

/** Reads a {@link WorkflowItem}. */
export const workflowItemSchema = openObject({ ...common, type: z.literal('workflow'), workflow: workflowSchema })

/** Reads an {@link EndOfTurnItem}. */
export const endOfTurnItemSchema = openObject({ ...common, type: z.literal('end_of_turn') })

/** Reads a {@link HiddenContextItem}. */
export const hiddenContextItemSchema = openObject({
  ...common,
  type: z.literal('hidden_context_item'),
  content: z.unknown(),
})

/** Reads an {@link SdkHiddenContextItem}. */
export const sdkHiddenContextItemSchema = openObject({
  ...common,
  type: z.literal('sdk_hidden_context'),
  content: z.string(),
})

/** Reads a {@link ThreadItem}. Fields it does not know are kept. */
export const threadItemSchema = z.discriminatedUnion('type', [
  userMessageItemSchema,
  assistantMessageItemSchema,
  clientToolCallItemSchema,
  widgetItemSchema,
  generatedImageItemSchema,
  structuredInputItemSchema,
  taskItemSchema,
  workflowItemSchema,
  endOfTurnItemSchema,
  hiddenContextItemSchema,
  sdkHiddenContextItemSchema,
])

/** What the person sent. ChatKit server protocol 1.6.5, `UserMessageItem`. */
export type UserMessageItem = z.infer<typeof userMessageItemSchema>

/** What the agent answered. ChatKit server protocol 1.6.5, `AssistantMessageItem`. */
export type AssistantMessageItem = z.infer<typeof assistantMessageItemSchema>

/** A tool the page has to run; the turn ends with it and goes on when its output comes. ChatKit server protocol 1.6.5, `ClientToolCallItem`. */
export type ClientToolCallItem = z.infer<typeof clientToolCallItemSchema>

/** A widget in the thread; `copy_text` is what the copy button takes. ChatKit server protocol 1.6.5, `WidgetItem`. */
export type WidgetItem = z.infer<typeof widgetItemSchema>

/** A picture the model made. ChatKit server protocol 1.6.5, `GeneratedImage`. */
export type GeneratedImage = z.infer<typeof generatedImageSchema>

/** A picture in the thread; `image` is missing while it is being made. ChatKit server protocol 1.6.5, `GeneratedImageItem`. */
export type GeneratedImageItem = z.infer<typeof generatedImageItemSchema>

/** Questions to the person, answered together. ChatKit server protocol 1.6.5, `StructuredInputItem`. */
export type StructuredInputItem = z.infer<typeof structuredInputItemSchema>

/** One step of the work, on its own. ChatKit server protocol 1.6.5, `TaskItem`. */
export type TaskItem = z.infer<typeof taskItemSchema>

/** Several steps of the work, shown as one. ChatKit server protocol 1.6.5, `WorkflowItem`. */
export type WorkflowItem = z.infer<typeof workflowItemSchema>

/** A mark that the agent's turn is over. ChatKit server protocol 1.6.5, `EndOfTurnItem`. */
export type EndOfTurnItem = z.infer<typeof endOfTurnItemSchema>

/** What the integrator tells the model and never the person. ChatKit server protocol 1.6.5, `HiddenContextItem`. */
export type HiddenContextItem = z.infer<typeof hiddenContextItemSchema>

/** What the server itself tells the model and never the person. ChatKit server protocol 1.6.5, `SDKHiddenContextItem`. */
export type SdkHiddenContextItem = z.infer<typeof sdkHiddenContextItemSchema>

/** One entry of a thread: eleven kinds, told apart by `type`. ChatKit server protocol 1.6.5, `ThreadItem`. */
export type ThreadItem = z.infer<typeof threadItemSchema>
