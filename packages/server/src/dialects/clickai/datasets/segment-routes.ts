import { parentsOf } from '../../../knowledge/children.js'
import { changePassage, newPassages, removePassage } from '../../../knowledge/edit-passages.js'
import type { KnowledgeDocumentRecord, NamedPassage } from '../../../knowledge/knowledge-bases.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { queryOf, readBody, valuesOf } from '../decode.js'
import { encodePage } from '../encode-page.js'
import { invalidParam } from '../errors.js'
import { documentOf, editableDocumentOf, type KnowledgeCalls } from './decode-call.js'
import { formOf } from './encode.js'
import { encodeSegment, segmentIn } from './encode-segment.js'
import { ABOUT } from './routes-schema.js'
import { createSegmentsSchema, listSchema, updateSegmentSchema } from './schema.js'

/** The passages of a document, one by one. */
export function segmentRoutes(calls: KnowledgeCalls): Route[] {
  const { knowledge } = calls
  const path = '/v1/datasets/:id/documents/:document/segments'

  /** How often the passages of a document were found. */
  const hitsOf = async ([workspaceId, baseId, documentId]: readonly [string, string, string]) => {
    const counted = await knowledge.countedHits(workspaceId, baseId)
    return new Map(counted.flatMap((row) => (row.document_id === documentId ? [[row.passage_id, row.hits]] : [])))
  }

  return [
    {
      method: 'POST',
      path,
      description: ABOUT.createSegments,
      async handle(request, context) {
        const { place, document } = await editableDocumentOf(calls, request, context)
        const { segments } = checkBody(createSegmentsSchema, await readBody(request))
        const texts = segments.map(({ content, answer, keywords }) => ({
          text: content,
          answer: answerIn(document, answer),
          ...(keywords && { keywords }),
        }))
        const added = newPassages(texts, document.split?.children)
        const ids = new Set(added.map(({ id }) => id))
        let passages: NamedPassage[] = []
        const changed = await knowledge.changePassages(...place, (old) => {
          passages = [...old, ...added]
          return passages
        })
        const made = parentsOf(passages).filter(({ passage }) => ids.has(passage.id))
        const data = made.map((segment) => encodeSegment(segment, changed))
        return Response.json({ data, doc_form: formOf(changed) })
      },
    },
    {
      method: 'GET',
      path,
      description: ABOUT.listSegments,
      async handle(request, context) {
        const { place, document } = await documentOf(calls, request, context)
        const { keyword, ...page } = checkBody(listSchema, queryOf(request))
        const word = keyword?.toLowerCase() ?? ''
        const states = valuesOf(request, 'status')
        const hits = await hitsOf(place)
        const wanted = parentsOf(await knowledge.listPassages(...place))
          .filter(({ passage }) => passage.text.toLowerCase().includes(word))
          .map((segment) => encodeSegment(segment, document, hits.get(segment.passage.id)))
          .filter(({ status }) => states.length === 0 || states.includes(status))
        return Response.json({ ...encodePage(wanted, page), doc_form: formOf(document) })
      },
    },
    {
      method: 'GET',
      path: `${path}/:segment`,
      description: ABOUT.getSegment,
      async handle(request, context) {
        const { place, document } = await documentOf(calls, request, context)
        const segment = segmentIn(await knowledge.listPassages(...place), context.params.segment)
        const hits = (await hitsOf(place)).get(segment.passage.id)
        return Response.json({ data: encodeSegment(segment, document, hits), doc_form: formOf(document) })
      },
    },
    {
      method: 'POST',
      path: `${path}/:segment`,
      description: ABOUT.updateSegment,
      async handle(request, context) {
        const { place, document } = await editableDocumentOf(calls, request, context)
        const { segment: change } = checkBody(updateSegmentSchema, await readBody(request))
        const { regenerate_child_chunks, content, answer, keywords, enabled } = change
        const told = { text: content, answer, keywords, ...(enabled !== undefined && { hidden: !enabled }) }
        const cut = regenerate_child_chunks ? document.split?.children : undefined
        let passages: NamedPassage[] = []
        const changed = await knowledge.changePassages(...place, (old) => {
          passages = changePassage(old, segmentIn(old, context.params.segment).passage, { change: told, cut })
          return passages
        })
        const segment = segmentIn(passages, context.params.segment)
        const hits = (await hitsOf(place)).get(segment.passage.id)
        return Response.json({ data: encodeSegment(segment, changed, hits), doc_form: formOf(changed) })
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:segment`,
      description: ABOUT.deleteSegment,
      async handle(request, context) {
        const { place } = await editableDocumentOf(calls, request, context)
        await knowledge.changePassages(...place, (old) =>
          removePassage(old, segmentIn(old, context.params.segment).passage.id),
        )
        return new Response(null, { status: 204 })
      },
    },
  ]
}

/** Segments of questions have an answer, and no others have. */
function answerIn({ split }: KnowledgeDocumentRecord, answer: string | undefined): string | undefined {
  if (!split?.questions) return undefined
  if (answer === undefined)
    throw invalidParam('answer', 'answer is required: the document holds questions and answers.')
  return answer
}
