import type { InputField } from '@parley/protocol'
import { invalidParam } from '../errors.js'
import type { WireFile } from '../schema.js'
import { endingOf, kindOf } from './encode.js'

type FileField = Extract<InputField, { type: 'file' | 'file-list' }>

/** How a file may come to a field. @throws {ParleyError} `invalid_request` */
export function checkMethod({ variable, allowed_file_upload_methods: allowed }: FileField, wire: WireFile): void {
  if (allowed && !allowed.includes(wire.transfer_method))
    throw invalidParam(variable, `${variable} in input form must be sent by: ${allowed.join(', ')}`)
}

/** What a field takes: kinds of files, and with `custom` those of some endings. @throws {ParleyError} `invalid_request` */
export function checkKind(field: FileField, file: { name: string; mime_type: string }): void {
  const { variable, allowed_file_types: types, allowed_file_extensions: extensions = [] } = field
  if (!types || types.includes(kindOf(file))) return
  const endings = extensions.map((ending) => ending.replace(/^\./, '').toLowerCase())
  if (types.includes('custom') && (endings.length === 0 || endings.includes(endingOf(file.name)))) return
  const allowed = types.flatMap((type) => (type === 'custom' ? endings.map((ending) => `.${ending}`) : [type]))
  throw invalidParam(variable, `${variable} in input form must be a file of the kind: ${allowed.join(', ')}`)
}
