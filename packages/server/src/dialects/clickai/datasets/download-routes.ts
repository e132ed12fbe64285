import { zipFiles } from '../../../base/zip-files.js'
import { fileHeaders } from '../../../http/file-headers.js'
import type { KnowledgeFileRecord } from '../../../knowledge/knowledge-bases.js'
import type { SourceAddresses } from '../../../knowledge/source-files.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { readBody } from '../decode.js'
import { notFound } from '../errors.js'
import type { KnowledgeCalls } from './decode-call.js'
import { ABOUT } from './routes-schema.js'
import { zippedIdsSchema } from './schema.js'

export interface DownloadParts extends KnowledgeCalls {
  /** Absent: files are not kept as they were brought. */
  downloads?: SourceAddresses | undefined
}

/** Documents as they were brought. Source: the ClickAI contract, section 18, and Dify's knowledge API. */
export function downloadRoutes({ knowledge, callerOf, downloads }: DownloadParts): Route[] {
  const path = '/v1/datasets/:id/documents'

  return [
    {
      method: 'GET',
      path: `${path}/:document/download`,
      description: ABOUT.downloadDocument,
      async handle(request, { params: { id = '', document = '' } }) {
        const { workspaceId } = await callerOf(request)
        const file = await knowledge.sourceOf(await knowledge.loadDocument(workspaceId, id, document))
        if (!file || !downloads) throw notFound('Document does not have an uploaded file to download.')
        return Response.json({ url: await downloads.addressOf(file, request) })
      },
    },
    {
      method: 'POST',
      path: `${path}/download-zip`,
      description: ABOUT.downloadZip,
      async handle(request, { params: { id = '' } }) {
        const { workspaceId } = await callerOf(request)
        const { document_ids } = checkBody(zippedIdsSchema, await readBody(request))
        const base = await knowledge.load(workspaceId, id)
        const files: KnowledgeFileRecord[] = []
        for (const documentId of new Set(document_ids)) {
          const file = await knowledge.sourceOf(await knowledge.loadDocument(workspaceId, id, documentId))
          if (!file) throw notFound('Only uploaded-file documents can be downloaded as ZIP.')
          files.push(file)
        }
        const open = (file: KnowledgeFileRecord) => async () => (await knowledge.sources?.open(file)) ?? null
        const zipped = zipFiles(files.map((file) => ({ name: file.name, open: open(file) })))
        return new Response(zipped, {
          headers: fileHeaders({ name: `${base.name}.zip`, mime_type: 'application/zip' }),
        })
      },
    },
    {
      method: 'GET',
      path: '/v1/datasets/file',
      description: null,
      async handle(request) {
        const file = await downloads?.fileOf(request)
        const bytes = file && (await knowledge.sources?.open(file))
        if (!bytes) throw notFound('Uploaded file not found.')
        return new Response(bytes, {
          headers: { ...fileHeaders({ name: file.name }), 'content-length': String(file.size) },
        })
      },
    },
  ]
}
