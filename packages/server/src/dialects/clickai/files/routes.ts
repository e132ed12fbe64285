import { ParleyError } from '@parley/protocol'
import type { Clock } from '../../../base/clock.js'
import { fileHeaders } from '../../../http/file-headers.js'
import { readForm } from '../../../http/form.js'
import type { AppFiles } from '../../../uploads/app-files.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { optionalUserOf, queryOf } from '../decode.js'
import type { AppCalls } from '../decode-call.js'
import { failure, invalidParam } from '../errors.js'
import { encodeUpload } from './encode.js'
import { previewQuerySchema, uploadedSchema, uploadFormSchema } from './schema.js'

export interface FileParts<Context> extends AppCalls<Context> {
  /** Absent: this server keeps no files. */
  files?: AppFiles<Context> | undefined
  clock: Clock
}

/** Files on their own: sent before a message names them, and read afterwards. Source: the ClickAI contract, section 11. */
export function fileRoutes<Context>({ appOf, callOf, clock, files }: FileParts<Context>): Route[] {
  if (!files) return []
  return [
    {
      method: 'POST',
      path: '/v1/files/upload',
      description: {
        id: 'uploadFile',
        group: 'Files',
        summary: 'Send a file, to name it in a message afterwards.',
        status: 201,
        failures: [413, 415],
        form: uploadFormSchema,
        example: { file: '@picture.png', user: 'user_123' },
        answer: uploadedSchema,
      },
      async handle(request) {
        const app = await appOf(request)
        const form = await readForm(request, Math.min(files.maxBytes, LARGEST)).catch(asFormFailure)
        const file = checkFile(form)
        const userId = optionalUserOf({ user: form.get('user') })
        const { context } = await callOf(request, app, userId)
        const attachment = await files.keep(file, context).catch(asUploadFailure)
        const url = await files.addressOf(attachment.id, context)
        const facts = { url, size: file.size, userId, workspaceId: app.workspaceId, createdAt: clock.now() }
        return Response.json(encodeUpload(attachment, facts), { status: 201 })
      },
    },
    {
      method: 'GET',
      path: '/v1/files/:file_id/preview',
      description: {
        id: 'previewFile',
        group: 'Files',
        summary: 'Read a file that a message of this app refers to.',
        query: previewQuerySchema,
        failures: [404],
        file: 'application/octet-stream',
      },
      async handle(request, { params: { file_id: fileId = '' } }) {
        const app = await appOf(request)
        const { user, as_attachment: saved } = checkBody(previewQuerySchema, queryOf(request))
        const attachment =
          user === undefined
            ? await files.find(fileId, app)
            : await files.load(fileId, (await callOf(request, app, optionalUserOf({ user }))).context)
        if (!attachment) throw failure('file_not_found', 'File not found.')
        if (attachment.thread_id === undefined)
          throw failure('file_access_denied', 'No message refers to this file yet. Send it in one first.')
        const bytes = await files.open(fileId)
        if (!bytes) throw failure('file_not_found', 'File not found.')
        return new Response(bytes, { headers: fileHeaders({ ...attachment, shown: !saved }) })
      },
    },
  ]
}

const NO_FILE = 'Please upload your file, as multipart/form-data, in the field "file".'

const MEGABYTE = 1024 * 1024
/** In megabytes, by the kind that a file's ending says it is. */
const LIMITS = { image: 10, audio: 50, video: 100, document: 15 } as const
const LARGEST = LIMITS.video * MEGABYTE

/** Source: the ClickAI contract, section 11.1. */
const ENDINGS: Record<string, keyof typeof LIMITS> = Object.fromEntries([
  ...['jpg', 'jpeg', 'png', 'webp', 'gif', 'svg'].map((ending) => [ending, 'image']),
  ...['mp4', 'mov', 'mpeg', 'webm'].map((ending) => [ending, 'video']),
  ...['mp3', 'm4a', 'wav', 'amr', 'mpga'].map((ending) => [ending, 'audio']),
])

/** In the order in which clients of this API expect the checks. */
function checkFile(form: FormData): File {
  const all = [...form].flatMap(([name, part]) => (part instanceof File ? [{ name, file: part }] : []))
  const file = all.find(({ name }) => name === 'file')?.file
  if (!file) throw failure('no_file_uploaded', NO_FILE)
  if (all.length > 1) throw failure('too_many_files', 'Only one file is allowed.')
  if (file.type === '') throw failure('unsupported_file_type', 'File type not allowed.')
  if (file.name === '') throw failure('filename_not_exists_error', 'The specified filename does not exist.')
  if (/[/\\]/.test(file.name)) throw invalidParam('file', 'Filename contains invalid characters')
  const kind = ENDINGS[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'document'
  if (file.size <= LIMITS[kind] * MEGABYTE) return file
  throw failure('file_too_large', `File size exceeded: at most ${LIMITS[kind]} MB for a file of the kind ${kind}.`)
}

/** What is no form has no file in it either. */
function asFormFailure(thrown: unknown): never {
  if (thrown instanceof ParleyError && thrown.code === 'unsupported_media_type')
    throw failure('no_file_uploaded', NO_FILE)
  return asUploadFailure(thrown)
}

function asUploadFailure(thrown: unknown): never {
  if (!(thrown instanceof ParleyError)) throw thrown
  if (thrown.code === 'payload_too_large') throw failure('file_too_large', thrown.message)
  if (thrown.code === 'unsupported_media_type') throw failure('unsupported_file_type', thrown.message)
  throw thrown
}
