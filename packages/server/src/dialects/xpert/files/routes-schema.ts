import { z } from 'zod'
import type { RouteDescription } from '../../../http/route-description.js'
import {
  fileAssetSchema,
  fileChunkSchema,
  filePreviewSchema,
  fileReadSchema,
  fileSearchSchema,
  fileStatusSchema,
  uploadSchema,
} from './schema.js'

/** What the documentation says of files. */

const files = { group: 'Files' } as const

export const uploadFile: RouteDescription = {
  ...files,
  id: 'uploadFile',
  summary: 'Upload a file, to be named in the `files` of a run.',
  text: 'What is answered is put into `input.files` as it is, or any part of it with its `id`. A file nobody sends goes after a day.',
  form: uploadSchema,
  example: { file: '@notes.txt' },
  answer: fileAssetSchema,
  status: 201,
  failures: [413, 415, 501],
}
export const uploadFileAsBefore: RouteDescription = {
  ...uploadFile,
  id: 'uploadFileAsBefore',
  summary: 'Upload a file, at the address of older clients.',
}
export const deleteUpload: RouteDescription = {
  ...files,
  id: 'deleteUpload',
  summary: 'Delete a file that was not sent.',
  failures: [404, 409],
}
export const getFile: RouteDescription = {
  ...files,
  id: 'getFile',
  summary: 'Get what is known of a file, with an address that is good for a while.',
  answer: fileAssetSchema,
  failures: [404],
}
export const getFileStatus: RouteDescription = {
  ...files,
  id: 'getFileStatus',
  summary: 'Ask how far a file is. Files are ready at once.',
  answer: fileStatusSchema,
  failures: [404],
}
export const retryParse: RouteDescription = {
  ...files,
  id: 'retryFileParse',
  summary:
    'Ask for a file to be read again. Files are read whenever they are asked about, so that it is ready as it was.',
  answer: fileAssetSchema,
  failures: [404],
}
export const searchFile: RouteDescription = {
  ...files,
  id: 'searchFile',
  summary: 'Find the pieces of a file that fit some words best.',
  text: 'A picture has none, nor has a file without text that can be read.',
  body: fileSearchSchema,
  example: { query: 'opening hours', limit: 3 },
  answer: z.array(fileChunkSchema),
  failures: [404],
}
export const readFile: RouteDescription = {
  ...files,
  id: 'readFile',
  summary: 'Read one piece of a file.',
  body: fileReadSchema,
  example: { orderNo: 0 },
  answer: fileChunkSchema,
  failures: [404],
}
export const previewFile: RouteDescription = {
  ...files,
  id: 'previewFile',
  summary: 'Get what a file is, and the pieces it begins with.',
  answer: filePreviewSchema,
  failures: [404],
}
export const deleteFile: RouteDescription = { ...deleteUpload, id: 'deleteFile' }
export const listFiles: RouteDescription = {
  ...files,
  id: 'listConversationFiles',
  summary: 'List the files that were sent in a conversation.',
  answer: z.array(fileAssetSchema),
  failures: [404],
}
