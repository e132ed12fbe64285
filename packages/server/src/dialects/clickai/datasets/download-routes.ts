import type { KnowledgeFileRecord } from '../../../knowledge/knowledge-bases.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { readBody } from '../decode.js'
import { notFound } from '../errors.js'
import { ABOUT } from './describe.js'
import type { DatasetParts } from './parts.js'
import { zippedIdsSchema } from './schema.js'
import { zipFiles } from './zip-files.js'

/** Documents as they were brought. Source: the ClickAI contract, section 18, and Dify's knowledge API. */
export function downloadRoutes({ knowledge, callerOf, downloads }: DatasetParts): Route[] {
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
          headers: { 'content-type': 'application/zip', ...attached(`${base.name}.zip`) },
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
          headers: {
            'content-type': 'application/octet-stream',
            'content-length': String(file.size),
            ...attached(file.name),
            'content-security-policy': "default-src 'none'; sandbox",
            'x-content-type-options': 'nosniff',
            'cache-control': 'private, max-age=600',
          },
        })
      },
    },
  ]
}

/** It is saved, never shown: nothing of it runs. */
const attached = (name: string) => ({
  'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  )}`,
})
