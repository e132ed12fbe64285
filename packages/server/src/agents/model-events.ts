import type { AssistantMessageContent } from '@parley/protocol'
import type { ModelContentPart, ModelEvent, ModelOutputItem } from '../models/response-events.js'
import type { AnswerStream } from './answer-stream.js'

type ItemOf<Type extends ModelOutputItem['type']> = Extract<ModelOutputItem, { type: Type }>

/** What each event of a model does to the answer. Kinds that are not here are not shown. Source: ChatKit's agents bridge. */
export const modelEventTable: {
  [Type in ModelEvent['type']]?: (answer: AnswerStream, event: Extract<ModelEvent, { type: Type }>) => void
} = {
  'response.output_item.added': (answer, { item }) => {
    if (item.type === 'message') answer.openMessage(item.id)
    else if (item.type === 'reasoning') startReasoning(answer)
    else if (item.type === 'image_generation_call') startImage(answer)
  },
  'response.content_part.added': (answer, { item_id, content_index, part }) => {
    if (part.type !== 'reasoning_text') answer.openPart(item_id, content_index, textOf(part))
  },
  'response.output_text.delta': (answer, { item_id, content_index, delta }) =>
    answer.writeText(item_id, content_index, delta),
  'response.output_text.done': (answer, { item_id, content_index, text }) =>
    answer.closePart(item_id, content_index, text),
  'response.refusal.delta': (answer, { item_id, content_index, delta }) =>
    answer.writeText(item_id, content_index, delta),
  'response.refusal.done': (answer, { item_id, content_index, refusal }) =>
    answer.closePart(item_id, content_index, refusal),
  'response.output_text.annotation.added': (answer, { item_id, content_index, annotation }) => {
    const converted = answer.converter.toAnnotation(annotation)
    if (converted) answer.annotate(item_id, content_index, converted)
  },
  'response.reasoning_summary_text.delta': (answer, { item_id, summary_index, delta }) => {
    answer.emit({ type: 'reasoning.delta', item_id, delta })
    growThought(answer, `${item_id}:${summary_index}`, delta)
  },
  'response.reasoning_summary_text.done': (answer, { item_id, summary_index, text }) =>
    endThought(answer, `${item_id}:${summary_index}`, text),
  'response.image_generation_call.partial_image': (answer, { item_id, partial_image_b64, partial_image_index }) => {
    const image = answer.context.generatedImageItem
    if (!image) return
    answer.updated(image.id, {
      type: 'generated_image.updated',
      image: { id: item_id, url: answer.converter.toImageUrl(item_id, partial_image_b64, partial_image_index) },
      progress: answer.converter.toProgress(partial_image_index),
    })
  },
  'response.output_item.done': (answer, { item }) => {
    if (item.type === 'message') endMessage(answer, item)
    else if (item.type === 'image_generation_call') endImage(answer, item)
  },
}

function endMessage(answer: AnswerStream, item: ItemOf<'message'>): void {
  answer.closeMessage(
    item.id,
    item.content.flatMap((part): AssistantMessageContent[] =>
      part.type === 'reasoning_text'
        ? []
        : [{ type: 'output_text', text: textOf(part), annotations: annotationsOf(answer, part) }],
    ),
  )
}

const textOf = (part: ModelContentPart): string => (part.type === 'refusal' ? part.refusal : part.text)

const annotationsOf = (answer: AnswerStream, part: ModelContentPart) =>
  part.type === 'output_text'
    ? (part.annotations ?? []).flatMap((annotation) => answer.converter.toAnnotation(annotation) ?? [])
    : []

function startReasoning({ context }: AnswerStream): void {
  if (!context.workflowItem) context.startWorkflow({ type: 'reasoning', tasks: [], expanded: false })
}

/** Only the first thought of an empty reasoning workflow is shown while it is being thought. */
function growThought(answer: AnswerStream, key: string, delta: string): void {
  const { context, liveThought } = answer
  if (liveThought) {
    if (liveThought.key !== key) return
    liveThought.text += delta
    context.updateWorkflowTask(thought(liveThought.text), liveThought.index)
  } else if (context.workflowItem?.workflow.type === 'reasoning' && context.workflowItem.workflow.tasks.length === 0)
    answer.liveThought = { key, text: delta, index: context.addWorkflowTask(thought(delta)) }
}

function endThought(answer: AnswerStream, key: string, text: string): void {
  const { context, liveThought } = answer
  if (!context.workflowItem) return
  if (liveThought?.key !== key) context.addWorkflowTask(thought(text))
  else {
    answer.liveThought = undefined
    context.updateWorkflowTask(thought(text), liveThought.index)
  }
}

const thought = (content: string) => ({ type: 'thought', content, status_indicator: 'none' }) as const

function startImage(answer: AnswerStream): void {
  answer.endWorkflow()
  const item = { type: 'generated_image', ...answer.head(answer.context.generateId('message')) } as const
  answer.context.generatedImageItem = item
  answer.added(item)
}

function endImage(answer: AnswerStream, { id, result }: ItemOf<'image_generation_call'>): void {
  const item = answer.context.generatedImageItem
  if (!item || !result) return
  answer.context.generatedImageItem = undefined
  answer.done({ ...item, image: { id, url: answer.converter.toImageUrl(id, result) } })
}
