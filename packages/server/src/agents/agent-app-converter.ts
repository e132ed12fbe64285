import type { Attachment, InputTag } from '@parley/protocol'
import type { CallContext } from '../runnable/runnable.js'
import { isText, readText } from './text-files.js'
import { ThreadItemConverter } from './thread-item-converter.js'

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

const named = ({ name, mime_type }: Attachment, why: string) =>
  ({
    type: 'input_text',
    text: `[Attached: ${oneLine(name)} (${mime_type}), ${why}. You cannot see its contents; say so if they matter.]`,
  }) as const

const oneLine = (name: string) => name.replace(/\s+/g, ' ')

function toBase64(bytes: Uint8Array): string {
  const STEP = 0x8000 // a call takes a limited number of arguments
  let binary = ''
  for (let at = 0; at < bytes.byteLength; at += STEP) binary += String.fromCharCode(...bytes.subarray(at, at + STEP))
  return btoa(binary)
}
