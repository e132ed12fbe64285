import type { Attachment, GeneratedImageItem, InputTag } from '@parley/protocol'
import { toBase64 } from '../base/base64.js'
import { fileIdsInText } from '../base/file-address.js'
import type { CallContext } from '../runnable/runnable.js'
import { isText, readText } from './text-files.js'
import { type ConvertedItem, ThreadItemConverter } from './thread-item-converter.js'

/** One file's share of what the model reads. */
const MOST_TEXT_BYTES = 100_000
const MOST_IMAGE_BYTES = 5 * 1024 * 1024
/** Of all files of a thread together, the newest message's first. */
const MOST_BYTES = 12 * 1024 * 1024

const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/**
 * The converter of apps that bring none: the model reads text files, sees pictures, and is told the name and type of
 * every other file. Mentions are named to it.
 */
export class AgentAppConverter extends ThreadItemConverter {
  #left = MOST_BYTES
  readonly #files: Pick<CallContext, 'readAttachment'>

  constructor(files: Pick<CallContext, 'readAttachment'>) {
    super()
    this.#files = files
  }

  override async attachmentToMessageContent(attachment: Attachment) {
    const { name, mime_type } = attachment
    if (IMAGES.has(mime_type)) return (await this.#picture(attachment)) ?? named(attachment, 'too large to be seen')
    if (isText(name, mime_type)) return (await this.#text(attachment)) ?? named(attachment, 'not readable')
    return named(attachment, 'a kind you cannot read')
  }

  override tagToMessageContent({ text, data }: InputTag) {
    return { type: 'input_text', text: `@${text}: ${JSON.stringify(data)}` } as const
  }

  /** Pictures of this server are read from it; a drawing is named, since no model sees one. */
  override async generatedImageToInput(item: GeneratedImageItem): Promise<ConvertedItem> {
    const url = item.image?.url ?? ''
    const [id] = fileIdsInText(url)
    if (id === undefined)
      return url.startsWith('data:image/svg') ? shown('A drawing was') : super.generatedImageToInput(item)
    const file = await this.#read(id, MOST_IMAGE_BYTES)
    const type = file && IMAGE_STARTS.find(([start]) => start.every((byte, at) => file.data[at] === byte))?.[1]
    if (!file || !type || file.size > file.data.byteLength) return shown('A picture was')
    const image = `data:${type};base64,${toBase64(file.data)}`
    return super.generatedImageToInput({ ...item, image: { id, url: image } })
  }

  async #picture({ id, mime_type }: Attachment) {
    const file = await this.#read(id, MOST_IMAGE_BYTES)
    if (!file || file.size > file.data.byteLength) return null
    return { type: 'input_image', detail: 'auto', image: `data:${mime_type};base64,${toBase64(file.data)}` } as const
  }

  async #text({ id, name }: Attachment) {
    const file = await this.#read(id, MOST_TEXT_BYTES)
    const text = file && readText(file.data)
    if (!file || text === null) return null
    const rest =
      file.size > file.data.byteLength ? `\n[Only the beginning of the file; it has ${file.size} bytes.]` : ''
    return {
      type: 'input_text',
      text: `[Attached file: ${oneLine(name)}]\n${text}${rest}\n[End of ${oneLine(name)}]`,
    } as const
  }

  async #read(id: string, most: number) {
    const file = this.#left > 0 ? await this.#files.readAttachment(id, Math.min(most, this.#left)) : null
    this.#left -= file?.data.byteLength ?? 0
    return file
  }
}

const IMAGE_STARTS: [start: number[], type: string][] = [
  [[0x89, 0x50, 0x4e, 0x47], 'image/png'],
  [[0xff, 0xd8, 0xff], 'image/jpeg'],
  [[0x47, 0x49, 0x46, 0x38], 'image/gif'],
  [[0x52, 0x49, 0x46, 0x46], 'image/webp'],
]

const shown = (what: string): ConvertedItem => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text: `${what} shown to the person.` }],
})

const named = ({ name, mime_type }: Attachment, why: string) =>
  ({
    type: 'input_text',
    text: `[Attached: ${oneLine(name)} (${mime_type}), ${why}. You cannot see its contents; say so if they matter.]`,
  }) as const

const oneLine = (name: string) => name.replace(/\s+/g, ' ')
