import { z } from 'zod'
import { WidgetTemplateError } from './widget-template-error.js'

const widgetFileSchema = z.looseObject({
  version: z.literal('1.0'),
  name: z.string(),
  template: z.string(),
  jsonSchema: z.record(z.string(), z.unknown()),
})

/**
 * A `.widget` file: `template` writes the widget's JSON from data, `jsonSchema` (draft 2020-12) says what data it
 * wants. The previews and the studio's own document, which a file also carries, are kept and not used.
 */
export type WidgetFile = z.infer<typeof widgetFileSchema>

/**
 * Reads a `.widget` file, from its text or from the value its JSON holds.
 *
 * @throws {WidgetTemplateError} `file`, naming each field that is missing or wrong.
 *
 * Source: the ChatKit server kit's widget files; only version "1.0" exists.
 */
export function parseWidgetFile(file: unknown): WidgetFile {
  const read = widgetFileSchema.safeParse(typeof file === 'string' ? parseJson(file) : file)
  if (read.success) return read.data
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
  throw new WidgetTemplateError('file', `This is no widget file. ${problems.join('. ')}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new WidgetTemplateError('file', 'This is no widget file: it is not JSON.', { cause })
  }
}
