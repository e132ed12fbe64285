import type { WidgetRoot } from '@parley/protocol'
import { toBase64 } from '../../base/base64.js'
import type { CodeFile } from '../../base/run-code.js'
import { sizeInWords } from '../../base/size-in-words.js'
import type { AgentContext } from '../agent-context.js'

/** A drawing stands in the thread itself: servers hand out no SVG, which is a program where it is opened by itself. */
const MOST_DRAWING_BYTES = 256 * 1024

/** Shows files that a tool made: pictures as pictures, the rest as a list to download. Says what became of each. */
export async function showFiles(context: AgentContext, files: CodeFile[]): Promise<string[]> {
  const links: Link[] = []
  const said: string[] = []
  for (const file of files) {
    const { name, data } = file
    if (isDrawing(file)) showPicture(context, context.generateId('attachment'), toDataUrl(data))
    const { attachment, address } = (await context.files?.saveFile({ name, mime_type: typeOf(name), data })) ?? {}
    const isPicture = attachment?.type === 'image'
    if (isPicture && address) showPicture(context, attachment.id, address)
    else if (address) links.push({ name, address, size: data.byteLength })
    said.push(`${name} (${isPicture || isDrawing(file) ? 'shown as a picture' : 'shown as a download'})`)
  }
  if (links.length > 0) await context.streamWidget(listOf(links), links.map(({ name }) => name).join('\n'))
  return said
}

interface Link {
  name: string
  address: string
  size: number
}

function showPicture(context: AgentContext, id: string, url: string): void {
  context.stream({
    type: 'thread.item.done',
    item: {
      type: 'generated_image',
      id: context.generateId('message'),
      thread_id: context.thread.id,
      created_at: new Date().toISOString(),
      image: { id, url },
    },
  })
}

const isDrawing = ({ name, data }: CodeFile): boolean => /\.svg$/i.test(name) && data.byteLength <= MOST_DRAWING_BYTES

const toDataUrl = (data: Uint8Array): string => `data:image/svg+xml;base64,${toBase64(data)}`

const listOf = (links: Link[]): WidgetRoot => ({
  type: 'Card',
  size: 'sm',
  children: links.map(({ name, address, size }) => ({
    type: 'Row',
    gap: 2,
    align: 'center',
    children: [
      { type: 'Icon', name: 'document' },
      { type: 'Markdown', value: `[${escaped(name)}](${address})` },
      { type: 'Caption', value: sizeInWords(size) },
    ],
  })),
})

/** A name is shown as it is, whatever it holds. */
const escaped = (name: string): string => name.replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&')

const TYPES: Record<string, string> = {
  csv: 'text/csv',
  txt: 'text/plain',
  md: 'text/markdown',
  json: 'application/json',
  html: 'text/html',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  zip: 'application/zip',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
}

const typeOf = (name: string): string =>
  TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
