import { readFile } from 'node:fs/promises'
import { type WidgetTemplate, type WidgetTemplateOptions, widgetTemplate } from '../widgets/widget-template.js'

/**
 * Reads a `.widget` file from disk and makes a template of it; see `widgetTemplate`.
 *
 * @param file A path from the working directory, or a `file:` URL, which is how to name a file beside the own module.
 * @throws {WidgetTemplateError} when the file is no widget file. A file that cannot be read fails as `readFile` does.
 *
 * @example
 * const order = await loadWidgetTemplate(new URL('./order.widget', import.meta.url))
 */
export async function loadWidgetTemplate(file: string | URL, options?: WidgetTemplateOptions): Promise<WidgetTemplate> {
  const path = typeof file === 'string' && file.startsWith('file:') ? new URL(file) : file
  return widgetTemplate(await readFile(path, 'utf8'), options)
}
