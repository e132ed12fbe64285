import type { NamedPassage } from '../../../knowledge/knowledge-bases.js'
import { childrenOf, withChildren } from '../../../knowledge/split-document.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { queryOf, readBody } from '../decode.js'
import { ABOUT } from './describe.js'
import { formOf } from './encode.js'
import { encodeSegment, segmentsOf } from './encode-segment.js'
import { numberedPage, valuesOf } from './pages.js'
import type { DatasetParts } from './parts.js'
import { createSegmentsSchema, updateSegmentSchema } from './schema.js'
import { findSegment, placeOf, writablePlaceOf } from './segment-place.js'

/** The passages of a document, one by one. */
export function segmentRoutes(parts: DatasetParts): Route[] {
  const { knowledge } = parts
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
        const { place, document } = await writablePlaceOf(parts, request, context)
        const { segments } = checkBody(createSegmentsSchema, await readBody(request))
        const added = segments.flatMap(({ content, keywords }) => {
          const passage = { id: crypto.randomUUID(), headings: [], text: content, ...(keywords && { keywords }) }
          return document.split?.children ? withChildren(passage, document.split.children) : [passage]
        })
        const ids = new Set(added.map(({ id }) => id))
        let passages: NamedPassage[] = []
        const changed = await knowledge.changePassages(...place, (old) => {
          passages = [...old, ...added]
          return passages
        })
        const made = segmentsOf(passages).filter(({ passage }) => ids.has(passage.id))
        const data = made.map((segment) => encodeSegment(segment, changed))
        return Response.json({ data, doc_form: formOf(changed) })
      },
    },
    {
      method: 'GET',
      path,
      description: ABOUT.listSegments,
      async handle(request, context) {
        const { place, document } = await placeOf(parts, request, context)
        const keyword = queryOf(request).keyword?.toLowerCase()
        const states = valuesOf(request, 'status')
        const hits = await hitsOf(place)
        const wanted = segmentsOf(await knowledge.listPassages(...place))
          .filter(({ passage }) => keyword === undefined || passage.text.toLowerCase().includes(keyword))
          .map((segment) => encodeSegment(segment, document, hits.get(segment.passage.id)))
          .filter(({ status }) => states.length === 0 || states.includes(status))
        return Response.json({ ...numberedPage(request, wanted), doc_form: formOf(document) })
      },
    },
    {
      method: 'GET',
      path: `${path}/:segment`,
      description: ABOUT.getSegment,
      async handle(request, context) {
        const { place, document } = await placeOf(parts, request, context)
        const segment = findSegment(await knowledge.listPassages(...place), context.params.segment)
        const hits = (await hitsOf(place)).get(segment.passage.id)
        return Response.json({ data: encodeSegment(segment, document, hits), doc_form: formOf(document) })
      },
    },
    {
      method: 'POST',
      path: `${path}/:segment`,
      description: ABOUT.updateSegment,
      async handle(request, context) {
        const { place, document } = await writablePlaceOf(parts, request, context)
        const { segment: change } = checkBody(updateSegmentSchema, await readBody(request))
        const { regenerate_child_chunks, ...told } = change
        const cut = regenerate_child_chunks ? document.split?.children : undefined
        let passages: NamedPassage[] = []
        const changed = await knowledge.changePassages(...place, (old) => {
          const { passage } = findSegment(old, context.params.segment)
          const next = withChange(passage, told)
          const written = old.map((one) => (one === passage ? next : one))
          passages = cut ? [...written.filter(({ parent }) => parent !== next.id), ...childrenOf(next, cut)] : written
          return passages
        })
        const segment = findSegment(passages, context.params.segment)
        const hits = (await hitsOf(place)).get(segment.passage.id)
        return Response.json({ data: encodeSegment(segment, changed, hits), doc_form: formOf(changed) })
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:segment`,
      description: ABOUT.deleteSegment,
      async handle(request, context) {
        const { place } = await writablePlaceOf(parts, request, context)
        await knowledge.changePassages(...place, (old) => {
          const { id } = findSegment(old, context.params.segment).passage
          return old.filter((passage) => passage.id !== id && passage.parent !== id)
        })
        return new Response(null, { status: 204 })
      },
    },
  ]
}

/** What is said of a segment; what is left out stays. */
interface SegmentChange {
  content?: string | undefined
  keywords?: string[] | undefined
  enabled?: boolean | undefined
}

function withChange({ hidden, ...passage }: NamedPassage, { content, keywords, enabled }: SegmentChange): NamedPassage {
  const isHidden = enabled === undefined ? hidden : !enabled
  return {
    ...passage,
    ...(content !== undefined && { text: content }),
    ...(keywords && { keywords }),
    ...(isHidden && { hidden: true }),
  }
}
