import type { NamedPassage } from '../../../knowledge/knowledge-bases.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { queryOf, readBody } from '../decode.js'
import { notFound } from '../errors.js'
import { ABOUT } from './describe.js'
import { encodeChild, type Segment } from './encode-segment.js'
import { numberedPage } from './pages.js'
import type { DatasetParts } from './parts.js'
import { childSchema } from './schema.js'
import { type DocumentPlace, findSegment, placeOf, writablePlaceOf } from './segment-place.js'

/** The parts of a passage, which searches look at in its place. */
export function childRoutes(parts: DatasetParts): Route[] {
  const { knowledge } = parts
  const path = '/v1/datasets/:id/documents/:document/segments/:segment/child_chunks'

  /** Changes the children of a segment, and tells what one of them is then. */
  async function change(
    { place }: DocumentPlace,
    { segment, child: childId }: { segment?: string | undefined; child?: string | undefined },
    next: (old: NamedPassage[], segment: Segment) => NamedPassage[],
  ) {
    let passages: NamedPassage[] = []
    const document = await knowledge.changePassages(...place, (old) => {
      passages = next(old, findSegment(old, segment))
      return passages
    })
    const { passage, children } = findSegment(passages, segment)
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
        const found = await writablePlaceOf(parts, request, context)
        const { content } = checkBody(childSchema, await readBody(request))
        const { segment } = context.params
        const id = crypto.randomUUID()
        const data = await change(found, { segment, child: id }, (old, { passage: { id: parent } }) => {
          const { headings = [], page } = old.find((one) => one.id === parent) ?? {}
          const child = { id, parent, headings, text: content, written: true as const }
          return [...old, { ...child, ...(page !== undefined && { page }) }]
        })
        return Response.json({ data })
      },
    },
    {
      method: 'GET',
      path,
      description: ABOUT.listChildren,
      async handle(request, context) {
        const { place, document } = await placeOf(parts, request, context)
        const { passage, children } = findSegment(await knowledge.listPassages(...place), context.params.segment)
        const keyword = queryOf(request).keyword?.toLowerCase()
        const wanted = children
          .map((child, index) => encodeChild({ child, place: index, parentId: passage.id }, document))
          .filter(({ content }) => keyword === undefined || content.toLowerCase().includes(keyword))
        const { data, total, page, limit } = numberedPage(request, wanted)
        return Response.json({ data, total, total_pages: Math.ceil(total / limit), page, limit })
      },
    },
    {
      method: 'PATCH',
      path: `${path}/:child`,
      description: ABOUT.updateChild,
      async handle(request, context) {
        const found = await writablePlaceOf(parts, request, context)
        const { content } = checkBody(childSchema, await readBody(request))
        const { params } = context
        const data = await change(found, params, (old, segment) => {
          assertChild(segment, params.child)
          return old.map((one) => (one.id === params.child ? { ...one, text: content, written: true } : one))
        })
        return Response.json({ data })
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:child`,
      description: ABOUT.deleteChild,
      async handle(request, context) {
        const { params } = context
        await change(await writablePlaceOf(parts, request, context), params, (old, segment) => {
          assertChild(segment, params.child)
          return old.filter(({ id }) => id !== params.child)
        })
        return new Response(null, { status: 204 })
      },
    },
  ]
}

function assertChild({ children }: Segment, childId: string | undefined): void {
  if (!children.some(({ id }) => id === childId)) throw notFound('Child chunk not found.')
}
