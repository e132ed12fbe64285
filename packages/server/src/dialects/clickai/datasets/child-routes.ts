import type { ParentPassage } from '../../../knowledge/children.js'
import { addChild, changeChild, removePassage } from '../../../knowledge/edit-passages.js'
import type { NamedPassage } from '../../../knowledge/knowledge-bases.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { queryOf, readBody } from '../decode.js'
import { encodePage } from '../encode-page.js'
import { notFound } from '../errors.js'
import { type DocumentPlace, documentOf, editableDocumentOf, type KnowledgeCalls } from './decode-call.js'
import { encodeChild, type Segment, segmentIn } from './encode-segment.js'
import { ABOUT } from './routes-schema.js'
import { childSchema, listSchema } from './schema.js'

/** The parts of a passage, which searches look at in its place. */
export function childRoutes(calls: KnowledgeCalls): Route[] {
  const { knowledge } = calls
  const path = '/v1/datasets/:id/documents/:document/segments/:segment/child_chunks'

  /** Changes the children of a segment, and tells what one of them is then. */
  async function change(
    { place }: DocumentPlace,
    { segment, child: childId }: { segment?: string | undefined; child?: string | undefined },
    next: (old: NamedPassage[], segment: ParentPassage<NamedPassage>) => NamedPassage[],
  ) {
    let passages: NamedPassage[] = []
    const document = await knowledge.changePassages(...place, (old) => {
      passages = next(old, segmentIn(old, segment))
      return passages
    })
    const { passage, children } = segmentIn(passages, segment)
    const index = children.findIndex(({ id }) => id === childId)
    const child = children[index]
    return child && encodeChild({ child, place: index, parentId: passage.id }, document)
  }

  return [
    {
      method: 'POST',
      path,
      description: ABOUT.createChild,
      async handle(request, context) {
        const found = await editableDocumentOf(calls, request, context)
        const { content } = checkBody(childSchema, await readBody(request))
        const { segment } = context.params
        const id = crypto.randomUUID()
        const data = await change(found, { segment, child: id }, (old, { passage }) =>
          addChild(old, passage, { id, text: content }),
        )
        return Response.json({ data })
      },
    },
    {
      method: 'GET',
      path,
      description: ABOUT.listChildren,
      async handle(request, context) {
        const { place, document } = await documentOf(calls, request, context)
        const { passage, children } = segmentIn(await knowledge.listPassages(...place), context.params.segment)
        const { keyword, ...asked } = checkBody(listSchema, queryOf(request))
        const word = keyword?.toLowerCase() ?? ''
        const wanted = children
          .map((child, index) => encodeChild({ child, place: index, parentId: passage.id }, document))
          .filter(({ content }) => content.toLowerCase().includes(word))
        const { data, total, page, limit } = encodePage(wanted, asked)
        return Response.json({ data, total, total_pages: Math.ceil(total / limit), page, limit })
      },
    },
    {
      method: 'PATCH',
      path: `${path}/:child`,
      description: ABOUT.updateChild,
      async handle(request, context) {
        const found = await editableDocumentOf(calls, request, context)
        const { content } = checkBody(childSchema, await readBody(request))
        const { params } = context
        const data = await change(found, params, (old, segment) =>
          changeChild(old, childIn(segment, params.child), content),
        )
        return Response.json({ data })
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:child`,
      description: ABOUT.deleteChild,
      async handle(request, context) {
        const { params } = context
        await change(await editableDocumentOf(calls, request, context), params, (old, segment) =>
          removePassage(old, childIn(segment, params.child)),
        )
        return new Response(null, { status: 204 })
      },
    },
  ]
}

/** The id of a child that a segment has. */
function childIn({ children }: Segment, childId: string | undefined): string {
  const child = children.find(({ id }) => id === childId)
  if (!child) throw notFound('Child chunk not found.')
  return child.id
}
