import { ParleyError } from '@parley/protocol'
import type { Annotations } from '../../../annotations/annotations.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { queryOf, readBody } from '../decode.js'
import { type AppCalls, assertChat, placeOf } from '../decode-call.js'
import { encodePage } from '../encode-page.js'
import { failure } from '../errors.js'
import { encodeAnnotation, encodeJob } from './encode.js'
import { annotationSchema, annotationsSchema, jobSchema, listQuerySchema, replySchema, textSchema } from './schema.js'

const group = 'Annotations'
const text = {
  body: textSchema,
  example: { question: 'When do you open?', answer: 'At nine.' },
  answer: annotationSchema,
}

export interface AnnotationParts<Context> extends AppCalls<Context> {
  annotations: Annotations
}

/** Answers that people wrote for questions. Source: the ClickAI contract, section 17. */
export function annotationRoutes<Context>({ annotations, appOf, callOf }: AnnotationParts<Context>): Route[] {
  async function chatOf(request: Request) {
    const app = await appOf(request)
    const call = await callOf(request, app, '')
    assertChat(call)
    return placeOf(app, call)
  }

  return [
    {
      method: 'GET',
      path: '/v1/apps/annotations',
      description: {
        id: 'listAnnotations',
        group,
        summary: 'List the answers that were written for questions, the newest first.',
        query: listQuerySchema,
        answer: annotationsSchema,
      },
      async handle(request) {
        const place = await chatOf(request)
        const { keyword, ...page } = checkBody(listQuerySchema, queryOf(request))
        const word = keyword?.toLowerCase() ?? ''
        const all = await annotations.list(place)
        const wanted = all.filter(({ question, answer }) => `${question}\n${answer}`.toLowerCase().includes(word))
        return Response.json(encodePage(wanted.map(encodeAnnotation), page))
      },
    },
    {
      method: 'POST',
      path: '/v1/apps/annotations',
      description: { id: 'createAnnotation', group, summary: 'Write an answer for a question.', status: 201, ...text },
      async handle(request) {
        const place = await chatOf(request)
        const author = { id: place.keyId, name: place.keyName }
        const made = await annotations.create(place, checkBody(textSchema, await readBody(request)), author)
        return Response.json(encodeAnnotation(made), { status: 201 })
      },
    },
    {
      method: 'PUT',
      path: '/v1/apps/annotations/:id',
      description: { id: 'updateAnnotation', group, summary: 'Change a written answer.', failures: [404], ...text },
      async handle(request, { params: { id = '' } }) {
        const place = await chatOf(request)
        return Response.json(
          encodeAnnotation(await annotations.update(place, id, checkBody(textSchema, await readBody(request)))),
        )
      },
    },
    {
      method: 'DELETE',
      path: '/v1/apps/annotations/:id',
      description: { id: 'deleteAnnotation', group, summary: 'Delete a written answer.', failures: [404] },
      async handle(request, { params: { id = '' } }) {
        await annotations.delete(await chatOf(request), id)
        return new Response(null, { status: 204 })
      },
    },
    {
      method: 'POST',
      path: '/v1/apps/annotation-reply/:action',
      description: {
        id: 'setAnnotationReply',
        group,
        summary: 'Let the app give written answers (`enable`), or not any more (`disable`).',
        params: { action: 'enable' },
        body: replySchema,
        example: {
          score_threshold: 0.9,
          embedding_provider_name: 'openai',
          embedding_model_name: 'text-embedding-3-small',
        },
        answer: jobSchema,
      },
      async handle(request, { params: { action = '' } }) {
        const place = await chatOf(request)
        const enabled = isEnabling(action)
        const { score_threshold: threshold } = checkBody(replySchema, await readBody(request))
        const { job } = await annotations.setReply(place, { enabled, threshold })
        return Response.json({ job_id: job.id, job_status: 'waiting' })
      },
    },
    {
      method: 'GET',
      path: '/v1/apps/annotation-reply/:action/status/:job',
      description: {
        id: 'getAnnotationReplyJob',
        group,
        summary: 'Ask whether that is done.',
        params: { action: 'enable' },
        failures: [400],
        answer: jobSchema,
      },
      async handle(request, { params: { action = '', job = '' } }) {
        const place = await chatOf(request)
        isEnabling(action)
        const reply = await annotations.reply(place)
        if (reply?.job.id !== job || reply.job.action !== action)
          throw new ParleyError('invalid_request', 'The job does not exist, or another came after it.', {
            details: { param: 'job_id' },
          })
        return Response.json(encodeJob(reply))
      },
    },
  ]
}

function isEnabling(action: string): boolean {
  if (action === 'enable' || action === 'disable') return action === 'enable'
  throw failure('invalid_action', 'Invalid action: it must be enable or disable.')
}
