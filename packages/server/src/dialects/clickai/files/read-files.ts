import { type Attachment, type InputField, type InputValues, ParleyError } from '@parley/protocol'
import type { Call } from '../../../engine/engine.js'
import { invalidParam } from '../errors.js'
import type { ClickAiFiles } from '../parts.js'
import { fileSchema, type WireFile } from '../schema.js'
import { checkKind, checkMethod } from './decode.js'

type Files<Context> = ClickAiFiles<Context> | undefined

/** The files of a message, those of other servers fetched. @throws {ParleyError} `invalid_request` for one that cannot be had */
export const takeFiles = <Context>(
  files: Files<Context>,
  call: Call<Context>,
  wire: readonly WireFile[],
): Promise<Attachment[]> => Promise.all(wire.map((one) => takeFile(files, call, one)))

async function takeFile<Context>(files: Files<Context>, call: Call<Context>, wire: WireFile): Promise<Attachment> {
  if (!files) throw invalidParam('files', 'This server takes no files: it was started without a place for them.')
  if (wire.transfer_method === 'remote_url') return files.keepRemote(wire.url, call)
  return files.load(wire.upload_file_id, call).catch((thrown: unknown) => {
    if (!(thrown instanceof ParleyError) || thrown.code !== 'attachment_not_found') throw thrown
    throw invalidParam('files', `Invalid upload file: there is no file ${wire.upload_file_id} of this user.`)
  })
}

/** The values of a form with files as the rest of the server knows them; those files belong to the message as well. */
export async function takeInputs<Context>(
  files: Files<Context>,
  call: Call<Context>,
  given: InputValues,
): Promise<{ values: InputValues; attachments: Attachment[] }> {
  const values = { ...given }
  const attachments: Attachment[] = []
  const take = async (value: unknown, field: Extract<InputField, { type: 'file' | 'file-list' }>) => {
    const { variable } = field
    const wire = fileSchema.safeParse(value)
    if (!wire.success) throw invalidParam(variable, `${variable} in input form must be a file`)
    checkMethod(field, wire.data)
    const attachment = await takeFile(files, call, wire.data)
    checkKind(field, attachment)
    attachments.push(attachment)
    return { id: attachment.id, name: attachment.name }
  }
  for (const field of call.app.inputs ?? []) {
    const value = Object.hasOwn(given, field.variable) ? given[field.variable] : undefined
    if (value === undefined || value === null) continue
    if (field.type === 'file') values[field.variable] = await take(value, field)
    if (field.type === 'file-list' && Array.isArray(value))
      values[field.variable] = await Promise.all(value.map((one) => take(one, field)))
  }
  return { values, attachments }
}
