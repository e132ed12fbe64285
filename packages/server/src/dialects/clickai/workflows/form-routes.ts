import { ParleyError, type StructuredInputItem } from '@parley/protocol'
import { z } from 'zod'
import type { Call, Engine } from '../../../engine/engine.js'
import { findItem } from '../../../engine/turns.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { readBody, userOf } from '../decode.js'
import type { AppCalls } from '../decode-call.js'
import { failure, notFound } from '../errors.js'
import { namedUser } from '../schema.js'
import { decodeFormAnswer, decodeFormToken } from './decode.js'
import { encodeForm, SUBMIT } from './encode-form.js'
import { formSchema } from './event-schema.js'
import { answerBodySchema } from './schema.js'

export interface FormParts<Context> extends AppCalls<Context> {
  engine: Engine<Context>
}

/** Questions that runs ask people. Source: the ClickAI contract, section 16.4. */
export function formRoutes<Context>({ engine, appOf, callOf }: FormParts<Context>): Route[] {
  const path = '/v1/form/human_input/:form_token'

  /** The form a token names, if it is still open. `userId`: whoever says so is its person. */
  async function openForm(request: Request, token: string, userId?: string) {
    const app = await appOf(request)
    const place = decodeFormToken(token)
    if (!place || (userId !== undefined && userId !== place.userId)) throw missing()
    const call = await callOf(request, app, place.userId)
    const form = await findForm(call, place)
    if (form.status !== 'pending') throw submitted()
    const { run } = await engine.readThread(call, place.threadId)
    if (run?.status !== 'waiting' || run.waiting_item_id !== form.id) throw expired()
    return { call, form, threadId: place.threadId }
  }

  async function findForm(
    call: Call<Context>,
    place: { threadId: string; itemId: string },
  ): Promise<StructuredInputItem> {
    const item = await findItem(engine, call, place).catch((thrown: unknown) => {
      if (thrown instanceof ParleyError && thrown.code === 'thread_not_found') return undefined
      throw thrown
    })
    if (item?.type !== 'structured_input') throw missing()
    return item
  }

  return [
    {
      method: 'GET',
      path,
      description: {
        id: 'getForm',
        group: 'Workflows',
        summary: 'Read a question that a run asks a person.',
        modes: ['workflow', 'advanced-chat'],
        failures: [404, 412],
        answer: formSchema,
      },
      async handle(request, { params: { form_token: token = '' } }) {
        const { form } = await openForm(request, token)
        return Response.json(encodeForm(form))
      },
    },
    {
      method: 'POST',
      path,
      description: {
        id: 'submitForm',
        group: 'Workflows',
        summary: 'Answer it: the run goes on. The first answer counts.',
        modes: ['workflow', 'advanced-chat'],
        failures: [404, 412],
        body: answerBodySchema.extend(namedUser),
        example: { inputs: { comment: 'Fine.' }, action: SUBMIT, user: 'user_123' },
        answer: z.object({}),
      },
      async handle(request, { params: { form_token: token = '' } }) {
        await appOf(request)
        const body = await readBody(request)
        const userId = userOf(body)
        const answer = checkBody(answerBodySchema, body)
        const { call, form, threadId } = await openForm(request, token, userId)
        const input = decodeFormAnswer(form, answer)
        const stream = await engine
          .addStructuredInput(call, threadId, { itemId: form.id, input })
          .catch((thrown: unknown) => {
            throw thrown instanceof ParleyError && thrown.code === 'item_not_pending' ? submitted() : thrown
          })
        stream.leave({ canReturn: true }) // it is read by its own address
        return Response.json({})
      },
    },
  ]
}

const missing = () => notFound('Form not found')
const expired = () =>
  failure(
    'human_input_form_expired',
    'Nothing waits for this form any more: its run was stopped, or the person went on.',
  )
const submitted = () =>
  failure('human_input_form_submitted', 'This form has been answered already. The first answer counts.')
