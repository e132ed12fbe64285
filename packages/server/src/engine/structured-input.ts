import {
  ParleyError,
  type StructuredInput,
  type StructuredInputAnswer,
  type StructuredInputItem,
  type StructuredInputSubmission,
} from '@parley/protocol'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'
import type { StartPlan } from './start-run.js'
import { loadWaiting } from './waiting-run.js'

/** The person's answers to a form: the form is stored and shown with them, then the app goes on. */
export async function planStructuredInput<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  threadId: string,
  answer: { itemId: string; input: StructuredInputSubmission },
): Promise<StartPlan> {
  const thread = await parts.store.loadThread(threadId, call.context)
  const findWaiting = await loadWaiting(parts, call, threadId)
  const form = await parts.store.loadItem(threadId, answer.itemId, call.context)
  if (form.type !== 'structured_input' || form.status !== 'pending') {
    throw new ParleyError('item_not_pending', 'This is not a form that waits for an answer.')
  }
  warnOfUnknown(form, answer.input, parts)
  const item = answerForm(form, answer.input)
  return {
    thread,
    trigger: { type: 'structured_input', item },
    writes: { items: [item] },
    opening: { events: [], afterOptions: [{ type: 'thread.item.replaced', item }] },
    ...findWaiting(item.id),
  }
}

/** Source: the ChatKit server kit's handling of `threads.add_structured_input`. */
function answerForm(form: StructuredInputItem, submission: StructuredInputSubmission): StructuredInputItem {
  const inputs = form.inputs.map((input) => ({ ...input, answer: answerQuestion(input, submission) }))
  return { ...form, status: submission.status, inputs }
}

function answerQuestion(input: StructuredInput, { status, answers }: StructuredInputSubmission): StructuredInputAnswer {
  const given = Object.hasOwn(answers, input.id) ? answers[input.id] : undefined
  if (status === 'skipped' || !given || given.skipped || given.values.length === 0) return { values: [], skipped: true }
  const single = input.type === 'multiple_choice' && !input.multiple
  return {
    values: single ? given.values.slice(0, 1) : given.values,
    skipped: false,
    ...(input.tool_call && given.arguments && { arguments: given.arguments }),
  }
}

function warnOfUnknown<Context>(
  form: StructuredInputItem,
  { answers }: StructuredInputSubmission,
  { log }: Parts<Context>,
): void {
  const unknown = Object.keys(answers).filter((id) => form.inputs.every((input) => input.id !== id))
  if (unknown.length > 0) log.warn('A form was answered with questions it does not have.', { itemId: form.id, unknown })
}
