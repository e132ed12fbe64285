import type { StructuredInput, StructuredInputItem, StructuredInputSubmission } from '@parley/protocol'
import { fromBase64 } from '../../../base/base64.js'
import type { Call } from '../../../engine/engine.js'
import { workflowIdOf } from '../encode-answer.js'
import { failure, notFound } from '../errors.js'
import { actionsOf, decidingInput, type FormPlace } from './encode-form.js'
import type { FormAnswer } from './schema.js'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An app has one graph, which is published. Its own id and any version of it that there is not are told apart. */
export async function assertPublished(call: Pick<Call<never>, 'appId'>, workflowId: string): Promise<void> {
  if (!UUID.test(workflowId))
    throw failure(
      'bad_request',
      `Invalid workflow_id format: '${workflowId}'. It must be the id of a published version.`,
    )
  if (workflowId.toLowerCase() !== (await workflowIdOf(call)))
    throw notFound(`Workflow not found with id: ${workflowId}`)
}

/** Where a form stands; `undefined`: nobody made this token. */
export function decodeFormToken(token: string): FormPlace | undefined {
  try {
    const bytes = fromBase64(token.replaceAll('-', '+').replaceAll('_', '/'))
    const place: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (!Array.isArray(place) || place.length !== 3 || !place.every((part) => typeof part === 'string'))
      return undefined
    const [userId, threadId, itemId] = place as [string, string, string] // checked in the line before
    return { userId, threadId, itemId }
  } catch {
    return undefined // not base64, or no JSON
  }
}

/** A form filled in. Only what is said in one's own words may be left out. @throws {ParleyError} `invalid_form_data` */
export function decodeFormAnswer(form: StructuredInputItem, { action, inputs }: FormAnswer): StructuredInputSubmission {
  const actions = actionsOf(form).map(({ id }) => id)
  if (!actions.includes(action)) throw invalidForm(`action must be one of: ${actions.join(', ')}`)
  const deciding = decidingInput(form)
  const answers = form.inputs.map((input) => {
    const values = input === deciding ? [action] : valuesOf(input, own(inputs, input.id))
    return [input.id, { values, skipped: values.length === 0 }] as const
  })
  return { status: 'answered', answers: Object.fromEntries(answers) }
}

function valuesOf(input: StructuredInput, given: unknown): string[] {
  if (given === undefined || given === null || given === '') {
    if (input.type === 'freeform') return []
    throw invalidForm(`${input.id} is required`)
  }
  const values = Array.isArray(given) && input.type === 'multiple_choice' && input.multiple ? given : [given]
  if (!values.every((value) => typeof value === 'string')) throw invalidForm(`${input.id} must be text`)
  const options = input.type === 'multiple_choice' && input.options.map(({ value }) => value)
  const unknown = options && values.find((value) => !options.includes(value))
  if (options && unknown !== undefined) throw invalidForm(`${input.id} must be one of: ${options.join(', ')}`)
  return values
}

const invalidForm = (problem: string) => failure('invalid_form_data', `Invalid form data: ${problem}.`)

const own = (values: Record<string, unknown>, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined)
