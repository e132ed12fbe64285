import { ParleyError } from '@parley/protocol'
import { readForm } from '../http/form.js'

/** The file of a form's field `file`; uploads in two phases go straight to the storage instead. */
export async function readFileField(request: Request, maxBytes: number): Promise<File> {
  const file = (await readForm(request, maxBytes)).get('file')
  if (file instanceof File) return file
  throw new ParleyError('invalid_request', 'The form has no file in its field "file".')
}
