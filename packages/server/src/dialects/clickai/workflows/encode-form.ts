import type { StructuredInput, StructuredInputItem } from '@parley/protocol'
import { toBase64 } from '../../../base/base64.js'
import type { Form, GraphEventData } from './event-schema.js'

/** Questions to a person, as forms of this API. Source: the ClickAI contract, sections 10.4 and 16.4. */

/** Whose form it is and where it stands: whoever holds a key of the app may know, since it speaks for all users. */
export interface FormPlace {
  userId: string
  threadId: string
  itemId: string
}

function encodeFormToken({ userId, threadId, itemId }: FormPlace): string {
  const text = new TextEncoder().encode(JSON.stringify([userId, threadId, itemId]))
  return toBase64(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The node a question belongs to. */
export interface AskingNode {
  node_id: string
  node_title: string
}

/** The node of questions that no node asks. */
export const ASKING: AskingNode = { node_id: 'human_input', node_title: 'Human input' }

/** Questions wait for as long as it takes: clients that look at the time find one that does not come. */
const NEVER = Date.UTC(2100, 0, 1) / 1000

type Choice = Extract<StructuredInput, { type: 'multiple_choice' }>

/** The question that the buttons of a form answer: the only one of one choice. */
export function decidingInput({ inputs }: StructuredInputItem): Choice | undefined {
  const choices = inputs.filter((input) => input.type === 'multiple_choice')
  const [only] = choices
  return choices.length === 1 && only && !only.multiple ? only : undefined
}

/** What a form without such a question is sent with. */
export const SUBMIT = 'submit'

export function actionsOf(form: StructuredInputItem): Form['user_actions'] {
  const deciding = decidingInput(form)
  if (!deciding) return [{ id: SUBMIT, title: 'Submit', button_style: 'primary' }]
  return deciding.options.map(({ value }, index) => ({
    id: value,
    title: value,
    button_style: index === 0 ? 'primary' : 'default',
  }))
}

/** The same in words, for clients that show nothing but text. */
export const sayForm = ({ inputs }: StructuredInputItem): string =>
  inputs
    .flatMap((input) => [
      input.question,
      ...(input.type === 'multiple_choice' ? [input.options.map(({ value }) => `- ${value}`).join('\n')] : []),
    ])
    .join('\n\n')

export function encodeForm(form: StructuredInputItem): Form {
  const deciding = decidingInput(form)
  const asked = form.inputs.filter((input) => input !== deciding)
  return {
    form_content: form.inputs
      .flatMap((input) => (input === deciding ? [input.question] : [input.question, `{{#$output.${input.id}#}}`]))
      .join('\n\n'),
    inputs: asked.map((input) =>
      input.type === 'freeform'
        ? { type: 'paragraph', output_variable_name: input.id, default: null }
        : {
            type: 'select',
            output_variable_name: input.id,
            option_source: { type: 'constant', selector: [], value: input.options.map(({ value }) => value) },
          },
    ),
    resolved_default_values: {},
    user_actions: actionsOf(form),
    expiration_time: NEVER,
  }
}

/** The same as it is told in a stream. */
export function encodeAsked(
  form: StructuredInputItem,
  { node, userId }: { node: AskingNode; userId: string },
): GraphEventData['human_input_required'] {
  const { user_actions, ...shown } = encodeForm(form)
  return {
    form_id: form.id,
    ...node,
    ...shown,
    actions: user_actions,
    display_in_ui: false,
    form_token: encodeFormToken({ userId, threadId: form.thread_id, itemId: form.id }),
  }
}

/** What a person answered. */
export function encodeFilled(form: StructuredInputItem, node: AskingNode): GraphEventData['human_input_form_filled'] {
  const deciding = decidingInput(form)
  const textOf = ({ answer }: StructuredInput) => (answer?.values ?? []).join(', ')
  const action = (deciding && textOf(deciding)) || SUBMIT
  const asked = form.inputs.filter((input) => input !== deciding)
  return {
    ...node,
    rendered_content: form.inputs
      .flatMap((input) => (input === deciding ? [input.question] : [input.question, textOf(input)]))
      .join('\n\n'),
    action_id: action,
    action_text: action,
    submitted_data: Object.fromEntries(asked.map((input) => [input.id, textOf(input)])),
  }
}
