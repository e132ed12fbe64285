import {
  type ClientToolCallItem,
  ParleyError,
  type StructuredInputItem,
  type StructuredInputSubmission,
  type ThreadItem,
} from '@parley/protocol'
import { isObject } from '../../../base/json.js'
import type { GivenAnswer } from '../../../engine/act-on-thread.js'

type Answer = NonNullable<StructuredInputSubmission['answers']>[string]
type Question = StructuredInputItem['inputs'][number]

/**
 * What is said to what a thread waits for, by the id of the interrupt or bare.
 *
 * @param calls Calls that a client changed before it confirmed them.
 * @throws {ParleyError} `invalid_request`
 */
export function decodeAnswer(question: ThreadItem, given: unknown, calls: readonly unknown[] = []): GivenAnswer {
  const value = isObject(given) && question.id in given ? given[question.id] : given
  if (question.type === 'client_tool_call') return { output: decodeToolOutput(question, value) }
  if (question.type === 'structured_input')
    return { input: withEditedCalls(question, decodeAnswers(question, value), calls) }
  throw new ParleyError('conflict', 'Nothing waits for an answer in this thread: there is nothing to resume.')
}

/**
 * A person's answer to a form, in any of the ways its client may say it: `true` and `false` for the first and the last
 * choice, a text, a list with one answer per question, `{decisions: [{type: "approve"}]}`, or answers by question.
 */
function decodeAnswers(form: StructuredInputItem, value: unknown): StructuredInputSubmission {
  if (value === null) return { status: 'skipped', answers: {} }
  const given = answersIn(form, unwrap(value))
  const answers = form.inputs.flatMap((question, index): [string, Answer][] => {
    const said = given[index]
    return said === undefined ? [] : [[question.id, answerTo(question, said)]]
  })
  if (answers.length === 0)
    throw new ParleyError(
      'invalid_request',
      `command.resume must answer the question: true, false, a text, or {${JSON.stringify(form.inputs[0]?.id)}: "…"}.`,
    )
  return { status: 'answered', answers: Object.fromEntries(answers) }
}

/** Xpert's clients put the decisions into a payload. */
function unwrap(value: unknown): unknown {
  if (!isObject(value)) return value
  const inner = value.payload ?? value.decisions ?? value.answers
  return inner === undefined ? value : unwrap(inner)
}

/** What was said to each question, in their order. */
function answersIn(form: StructuredInputItem, value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  if (!isObject(value) || typeof value.type === 'string') return form.inputs.map(() => value)
  return form.inputs.map(({ id }) => value[id])
}

function answerTo(question: Question, said: unknown): Answer {
  const [first, last] = choicesOf(question)
  const answer = (...values: string[]): Answer => ({ values, skipped: false })
  if (typeof said === 'boolean') return answer(said ? first : last)
  if (Array.isArray(said)) return answer(...said.map(toText))
  if (!isObject(said)) return answer(toText(said))
  if (said.type === 'edit') return { ...answer(first), arguments: argumentsIn(said, question) }
  if (Array.isArray(said.values)) return answer(...said.values.map(toText))
  if (said.type === 'approve' || said.type === 'accept' || said.type === 'confirm') return answer(first)
  if (said.type === 'reject' || said.type === 'ignore')
    return answer(typeof said.message === 'string' ? said.message : last)
  return answer(toText(said.message ?? said.args ?? said))
}

/** A yes and a no. */
function choicesOf(question: Question): [yes: string, no: string] {
  const options = question.type === 'multiple_choice' ? question.options : []
  return [options[0]?.value ?? 'yes', options.at(-1)?.value ?? 'no']
}

/**
 * What a call is made with instead. It is said as `editedAction` by Xpert's clients, as `edited_action` by LangGraph's and
 * as `args` by those before.
 */
function argumentsIn(decision: Record<string, unknown>, { tool_call: call }: Question): Record<string, unknown> {
  const edited = decision.editedAction ?? decision.edited_action ?? decision.args
  if (!call) throw invalid('This question is not about a call, so that there is nothing to edit. Answer it, or reject.')
  if (!isObject(edited)) throw invalid(EDIT_FORM)
  const name = edited.name ?? edited.action
  if (name !== undefined && name !== call.name)
    throw invalid(`editedAction.name must be "${call.name}": a call is edited, not replaced by one of another tool.`)
  if (!isObject(edited.args)) throw invalid(EDIT_FORM)
  return edited.args
}

const EDIT_FORM = 'An edited call is sent as {"type":"edit","editedAction":{"name":"…","args":{…}}}.'

/** Calls that a client changed before it confirmed them: by their id where they have one, else in their order. */
function withEditedCalls(
  form: StructuredInputItem,
  submission: StructuredInputSubmission,
  calls: readonly unknown[],
): StructuredInputSubmission {
  const given = calls.filter(isObject)
  const edits = form.inputs.flatMap((question, index): [string, Answer][] => {
    const edited = given.find(({ id }) => id === question.id) ?? (given[index]?.id === undefined && given[index])
    const answer = submission.answers[question.id]
    if (!edited || answer?.values[0] !== choicesOf(question)[0]) return []
    return [[question.id, { ...answer, arguments: argumentsIn({ editedAction: edited }, question) }]]
  })
  return { ...submission, answers: { ...submission.answers, ...Object.fromEntries(edits) } }
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

const invalid = (message: string) => new ParleyError('invalid_request', message)

/** The output of a tool that ran at the client: the value itself, or the message that a client made of it for this call. */
function decodeToolOutput({ call_id }: ClientToolCallItem, value: unknown): unknown {
  if (!isObject(value) || !Array.isArray(value.toolMessages)) return value
  const messages = value.toolMessages.filter(isObject)
  const [only] = messages.length === 1 ? messages : []
  const message = messages.find((one) => one.tool_call_id === call_id) ?? only
  if (message && (message.tool_call_id ?? call_id) === call_id) return outputIn(message)
  throw invalid(`toolMessages has no entry whose tool_call_id is "${call_id}".`)
}

/** A tool that failed says why, as a tool of the page does. */
const outputIn = ({ content = null, status }: Record<string, unknown>): unknown =>
  status === 'error' ? { error: toText(content) } : content
