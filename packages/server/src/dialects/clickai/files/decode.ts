import { type Attachment, type InputField, type InputValues, ParleyError, readInput } from '@parley/protocol'
import type { Call } from '../../../engine/engine.js'
import type { AppFiles } from '../../../uploads/app-files.js'
import { invalidParam } from '../errors.js'
import { fileSchema, MOST_FILES, type WireFile } from '../schema.js'
import { endingOf, kindOf } from './encode.js'

type FileField = Extract<InputField, { type: 'file' | 'file-list' }>
type Files<Context> = AppFiles<Context> | undefined

/** The files of a message, those of other servers fetched. @throws {ParleyError} `invalid_request` for one that cannot be had */
export const takeFiles = <Context>(
  files: Files<Context>,
  call: Call<Context>,
  wire: readonly WireFile[],
): Promise<Attachment[]> => Promise.all(wire.map((one) => takeFile(files, call, one)))

async function takeFile<Context>(files: Files<Context>, call: Call<Context>, wire: WireFile): Promise<Attachment> {
  if (!files) throw invalidParam('files', 'This server takes no files: it was started without a place for them.')
  if (wire.transfer_method === 'remote_url') return files.keepRemote(wire.url, call.context)
  return files.load(wire.upload_file_id, call.context).catch((thrown: unknown) => {
    if (!(thrown instanceof ParleyError) || thrown.code !== 'attachment_not_found') throw thrown
    throw invalidParam('files', `Invalid upload file: there is no file ${wire.upload_file_id} of this user.`)
  })
}

/**
 * The values of a form, checked in its order, with files as the rest of the server knows them; those files belong to the
 * message as well. Nothing is fetched before the fields in front of it are right.
 *
 * @throws {ParleyError} `invalid_request` for the first field whose value is missing or wrong, which `param` names
 */
export async function takeInputs<Context>(
  files: Files<Context>,
  call: Call<Context>,
  given: InputValues,
): Promise<{ values: InputValues; attachments: Attachment[] }> {
  const values: [string, unknown][] = []
  const attachments: Attachment[] = []
  for (const field of call.app.inputs ?? []) {
    const { variable } = field
    const one = Object.hasOwn(given, variable) ? given[variable] : undefined
    const taken = await takeInput(files, call, { field, given: one })
    values.push([variable, taken.value])
    attachments.push(...taken.attachments)
  }
  return { values: Object.fromEntries(values), attachments }
}

/** The same of one field. `param`: where its value stands, if not under its name. */
export async function takeInput<Context>(
  files: Files<Context>,
  call: Call<Context>,
  { field, given, param = field.variable }: { field: InputField; given: unknown; param?: string },
): Promise<{ value: unknown; attachments: Attachment[] }> {
  const attachments: Attachment[] = []
  const { variable } = field
  const take = async (value: unknown, to: FileField) => {
    const wire = fileSchema.safeParse(value)
    if (!wire.success) throw invalidParam(param, `${variable} in input form must be a file`)
    checkMethod(to, wire.data)
    const attachment = await takeFile(files, call, wire.data)
    checkKind(to, attachment)
    attachments.push(attachment)
    return { id: attachment.id, name: attachment.name }
  }
  const isGiven = given !== undefined && given !== null
  let own = given
  if (field.type === 'file' && isGiven) own = await take(given, field)
  if (field.type === 'file-list' && Array.isArray(given)) {
    const most = field.max_length ?? MOST_FILES
    if (given.length > most) throw invalidParam(param, `${variable} in input form must have at most ${most} files`)
    own = await Promise.all(given.map((one) => take(one, field)))
  }
  const { value, problem } = readInput(field, own)
  if (problem !== undefined) throw invalidParam(param, problem)
  return { value, attachments }
}

/** How a file may come to a field. @throws {ParleyError} `invalid_request` */
function checkMethod({ variable, allowed_file_upload_methods: allowed }: FileField, wire: WireFile): void {
  if (allowed && !allowed.includes(wire.transfer_method))
    throw invalidParam(variable, `${variable} in input form must be sent by: ${allowed.join(', ')}`)
}

/** What a field takes: kinds of files, and with `custom` those of some endings. @throws {ParleyError} `invalid_request` */
function checkKind(field: FileField, file: { name: string; mime_type: string }): void {
  const { variable, allowed_file_types: types, allowed_file_extensions: extensions = [] } = field
  if (!types || types.includes(kindOf(file))) return
  const endings = extensions.map((ending) => ending.replace(/^\./, '').toLowerCase())
  if (types.includes('custom') && (endings.length === 0 || endings.includes(endingOf(file.name)))) return
  const allowed = types.flatMap((type) => (type === 'custom' ? endings.map((ending) => `.${ending}`) : [type]))
  throw invalidParam(variable, `${variable} in input form must be a file of the kind: ${allowed.join(', ')}`)
}
