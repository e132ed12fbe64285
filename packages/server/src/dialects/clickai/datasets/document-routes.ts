import { ParleyError } from '@parley/protocol'
import { everyRow } from '../../../base/pages-of.js'
import type { RouteDescription } from '../../../http/route-description.js'
import type { KnowledgeBaseRecord, KnowledgeDocumentRecord, NewDocument } from '../../../knowledge/knowledge-bases.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { queryOf, readBody, valuesOf } from '../decode.js'
import { encodePage } from '../encode-page.js'
import { failure, notFound } from '../errors.js'
import { assertEditable, type KnowledgeCalls } from './decode-call.js'
import { decodeSplit } from './decode-split.js'
import { readUpload } from './decode-upload.js'
import { encodeDocument, encodeProgress, encodeWhole } from './encode.js'
import { ABOUT } from './routes-schema.js'
import { documentFileSchema, documentIdsSchema, documentTextSchema, listSchema, updateTextSchema } from './schema.js'

export interface DocumentParts extends KnowledgeCalls {
  /** The largest file that is taken as a document. */
  maxDocumentBytes: number
}

/** Documents of a base. Each is a batch of its own, under its own id. */
export function documentRoutes({ knowledge, callerOf, maxDocumentBytes }: DocumentParts): Route[] {
  const made = async (document: KnowledgeDocumentRecord, base: KnowledgeBaseRecord) => {
    const file = await knowledge.sourceOf(document)
    return Response.json({ document: encodeDocument(document, base, { file }), batch: document.batch ?? document.id })
  }

  /** How often passages of each document of a base were found. */
  async function hitsOf(workspaceId: string, baseId: string): Promise<Map<string, number>> {
    const sums = new Map<string, number>()
    for (const { document_id, hits } of await knowledge.countedHits(workspaceId, baseId))
      sums.set(document_id, (sums.get(document_id) ?? 0) + hits)
    return sums
  }

  /** The documents of a batch: one by its own id, or those that were brought together. */
  async function batchOf(workspaceId: string, baseId: string, batch: string): Promise<KnowledgeDocumentRecord[]> {
    const all = await everyRow((page) => knowledge.listDocuments(workspaceId, baseId, page), 'asc')
    const found = all.filter((document) => document.id === batch || document.batch === batch)
    if (found.length === 0) throw notFound('Documents not found.')
    return found
  }

  const changeable = async (workspaceId: string, baseId: string, documentId: string): Promise<void> =>
    assertEditable(await knowledge.loadDocument(workspaceId, baseId, documentId))

  /** Adds a document, or gives the one it is said to be the newer text of that text. */
  async function put(workspaceId: string, base: KnowledgeBaseRecord, document: NewDocument, original?: string) {
    if (original === undefined) return made(await knowledge.addDocument(workspaceId, base.id, document), base)
    await changeable(workspaceId, base.id, original)
    return made(await knowledge.replaceDocument(workspaceId, base.id, original, document), base)
  }

  async function readFile(request: Request) {
    const { file, form } = await readUpload(request, maxDocumentBytes)
    const { name, original_document_id, doc_language: language, ...split } = checkBody(documentFileSchema, dataOf(form))
    return {
      original: original_document_id,
      document: { title: name ?? file.name, file, language, split: decodeSplit(split, knowledge.makesQuestions) },
    }
  }

  const createByText = async (request: Request, baseId: string) => {
    const { workspaceId } = await callerOf(request)
    const body = checkBody(documentTextSchema, await readBody(request))
    const { name: title, text, original_document_id: original, doc_language: language, ...split } = body
    const base = await knowledge.load(workspaceId, baseId)
    const document = { title, text, language, split: decodeSplit(split, knowledge.makesQuestions) }
    return put(workspaceId, base, document, original)
  }
  const createByFile = async (request: Request, baseId: string) => {
    const { workspaceId } = await callerOf(request)
    const base = await knowledge.load(workspaceId, baseId)
    const { document, original } = await readFile(request)
    return put(workspaceId, base, document, original)
  }
  const updateByText = async (request: Request, baseId: string, documentId: string) => {
    const { workspaceId } = await callerOf(request)
    const { name, text, ...split } = checkBody(updateTextSchema, await readBody(request))
    const base = await knowledge.load(workspaceId, baseId)
    await changeable(workspaceId, baseId, documentId)
    if (text !== undefined)
      return put(
        workspaceId,
        base,
        { title: name, text, split: decodeSplit(split, knowledge.makesQuestions) },
        documentId,
      )
    const rename = (old: KnowledgeDocumentRecord) => ({ ...old, title: name ?? old.title })
    return made(await knowledge.changeDocument(workspaceId, baseId, documentId, rename), base)
  }
  const updateByFile = async (request: Request, baseId: string, documentId: string) => {
    const { workspaceId } = await callerOf(request)
    const base = await knowledge.load(workspaceId, baseId)
    await changeable(workspaceId, baseId, documentId)
    return put(workspaceId, base, (await readFile(request)).document, documentId)
  }

  const path = '/v1/datasets/:id/documents'
  /** Old clients write names of actions with underscores, and `document` for the collection. */
  const create = (
    name: string,
    about: RouteDescription,
    handle: (request: Request, baseId: string) => Promise<Response>,
  ): Route[] =>
    [name, name.replaceAll('-', '_')].flatMap((word) =>
      ['/v1/datasets/:id/document', path].map(
        (place): Route => ({
          method: 'POST',
          path: `${place}/${word}`,
          description: word === name && place !== path ? about : null,
          handle: (request, { params: { id = '' } }) => handle(request, id),
        }),
      ),
    )
  const update = (
    name: string,
    about: RouteDescription,
    handle: (request: Request, baseId: string, documentId: string) => Promise<Response>,
  ): Route[] =>
    [name, name.replaceAll('-', '_')].map((word) => ({
      method: 'POST',
      path: `${path}/:document/${word}`,
      description: word === name ? about : null,
      handle: (request, { params: { id = '', document = '' } }) => handle(request, id, document),
    }))

  return [
    ...create('create-by-text', ABOUT.createByText, createByText),
    ...create('create-by-file', ABOUT.createByFile, createByFile),
    {
      method: 'PATCH',
      path: `${path}/status/:action`,
      description: ABOUT.setStatus,
      async handle(request, { params: { id = '', action = '' } }) {
        const { workspaceId } = await callerOf(request)
        const { document_ids } = checkBody(documentIdsSchema, await readBody(request))
        const hide = new Map(Object.entries(HIDE)).get(action)
        if (!hide) throw failure('invalid_action', `Invalid action: it must be one of ${Object.keys(HIDE).join(', ')}.`)
        for (const documentId of document_ids) await knowledge.loadDocument(workspaceId, id, documentId)
        for (const documentId of document_ids)
          await knowledge.changeDocument(workspaceId, id, documentId, (old) => ({ ...old, hidden: hide(old.hidden) }))
        return Response.json({ result: 'success' })
      },
    },
    {
      method: 'GET',
      path,
      description: ABOUT.listDocuments,
      async handle(request, { params: { id = '' } }) {
        const { workspaceId } = await callerOf(request)
        const base = await knowledge.load(workspaceId, id)
        const { keyword, ...page } = checkBody(listSchema, queryOf(request))
        const word = keyword?.toLowerCase() ?? ''
        const states = valuesOf(request, 'status')
        const hits = await hitsOf(workspaceId, id)
        const all = await everyRow((page) => knowledge.listDocuments(workspaceId, id, page), 'asc')
        const encoded = all
          .map((document, place) => encodeDocument(document, base, { place, hits: hits.get(document.id) ?? 0 }))
          .reverse()
          .filter(({ name }) => name.toLowerCase().includes(word))
          .filter(({ display_status }) => states.length === 0 || states.includes(display_status))
        return Response.json(encodePage(encoded, page))
      },
    },
    {
      method: 'GET',
      path: `${path}/:document/indexing-status`,
      description: ABOUT.indexingStatus,
      async handle(request, { params: { id = '', document = '' } }) {
        const { workspaceId } = await callerOf(request)
        return Response.json({ data: (await batchOf(workspaceId, id, document)).map(encodeProgress) })
      },
    },
    {
      method: 'GET',
      path: `${path}/:document`,
      description: ABOUT.getDocument,
      async handle(request, { params: { id = '', document = '' } }) {
        const { workspaceId } = await callerOf(request)
        const { metadata = 'all' } = queryOf(request)
        const show = SHOWN.get(metadata)
        if (!show) throw failure('invalid_metadata', `Invalid metadata value: ${metadata}`)
        const base = await knowledge.load(workspaceId, id)
        const found = await knowledge.loadDocument(workspaceId, id, document)
        const hits = (await hitsOf(workspaceId, id)).get(document)
        const file = await knowledge.sourceOf(found)
        const all = await everyRow((page) => knowledge.listDocuments(workspaceId, id, page), 'asc')
        const place = all.findIndex((one) => one.id === document)
        return Response.json(show(encodeWhole(found, base, { place, file, ...(hits && { hits }) })))
      },
    },
    {
      method: 'PATCH',
      path: `${path}/:document`,
      description: ABOUT.changeDocument,
      handle: (request, { params: { id = '', document = '' } }) =>
        /^multipart\//i.test(request.headers.get('content-type') ?? '')
          ? updateByFile(request, id, document)
          : updateByText(request, id, document),
    },
    ...update('update-by-text', ABOUT.updateByText, updateByText),
    ...update('update-by-file', ABOUT.updateByFile, updateByFile),
    {
      method: 'DELETE',
      path: `${path}/:document`,
      description: ABOUT.deleteDocument,
      async handle(request, { params: { id = '', document = '' } }) {
        await knowledge.deleteDocument((await callerOf(request)).workspaceId, id, document)
        return new Response(null, { status: 204 })
      },
    },
  ]
}

type Shown = ReturnType<typeof encodeWhole>

/** How much of a document is told. */
const SHOWN = new Map<string, (document: Shown) => Partial<Shown>>([
  ['all', (document) => document],
  ['only', ({ id, doc_type, doc_metadata }) => ({ id, doc_type, doc_metadata })],
  ['without', ({ doc_type: _, doc_metadata: __, ...document }) => document],
])

type Hidden = KnowledgeDocumentRecord['hidden']

/** What each action makes of a document that is hidden or not. */
const HIDE: Record<string, (before: Hidden) => Hidden> = {
  enable: (before) => (before === 'archived' ? before : undefined),
  disable: (before) => before ?? 'disabled',
  archive: () => 'archived',
  un_archive: (before) => (before === 'archived' ? undefined : before),
}

/** What a form says of its file, as JSON in a field of its own. */
function dataOf(form: FormData): unknown {
  const data = form.get('data')
  if (typeof data !== 'string' || data === '') return {}
  try {
    return JSON.parse(data)
  } catch (cause) {
    throw new ParleyError('invalid_request', 'data must be JSON.', { cause, details: { param: 'data' } })
  }
}
