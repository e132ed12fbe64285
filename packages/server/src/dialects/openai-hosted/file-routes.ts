import type { Attachment } from '@parley/protocol'
import type { Route } from '../dialect.js'
import { encodeAttachment } from './encode-item.js'
import { fileFormSchema, uploadedFileSchema } from './schema.js'

export interface FileRouteParts {
  /** Takes the file of a form from the holder of a client secret, or from a server. Absent: none are kept here. */
  upload?(request: Request): Promise<Attachment>
}

/** Uploads in one step. Source: `uploadFile` of `openai` 6.2.0, which the chat still calls. */
export function fileRoutes({ upload }: FileRouteParts): Route[] {
  if (!upload) return []
  return [
    {
      method: 'POST',
      path: '/v1/chatkit/files',
      description: {
        id: 'uploadFile',
        group: 'Files',
        summary: 'Upload a file, for a message to name.',
        form: fileFormSchema,
        example: { file: '@picture.png' },
        answer: uploadedFileSchema,
        failures: [413, 415],
        credentials: ['apiKey', 'clientSecret'],
      },
      async handle(request) {
        const { preview_url, ...file } = encodeAttachment(await upload(request))
        return Response.json({ ...file, ...(preview_url !== null && { preview_url }), upload_url: null })
      },
    },
  ]
}
