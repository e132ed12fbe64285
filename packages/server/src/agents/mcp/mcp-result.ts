import { fromBase64 } from '../../base/base64.js'
import type { CodeFile } from '../../base/run-code.js'
import type { AgentContext } from '../agent-context.js'
import { cutAnswer } from '../tools/cut-answer.js'
import { showFiles } from '../tools/show-files.js'

/** What a server answers to a call. It was written by somebody else: nothing of it is certain. */
export interface McpResult {
  content?: unknown
  structuredContent?: unknown
  isError?: unknown
}

/**
 * What the model reads of a result. Pictures, sound and files are kept with the thread and shown to the person; the model
 * is told that they were. What is too long is cut, and says so.
 */
export async function readMcpResult(result: McpResult, context: AgentContext | undefined): Promise<string> {
  const parts = Array.isArray(result.content) ? result.content.map(toPart) : []
  const files = parts.flatMap(({ file }) => (file ? [file] : []))
  const shown = context && files.length > 0 ? await showFiles(context, namedApart(files)) : []
  const texts = parts.flatMap(({ text }) => (text ? [text] : []))
  // The same in two forms: where there is text, it says what the structure does.
  const structured = texts.length === 0 && result.structuredContent !== undefined
  if (structured) texts.push(JSON.stringify(result.structuredContent))
  if (shown.length > 0) texts.push(`Shown to the person, so do not repeat it or link to it: ${shown.join(', ')}`)
  else if (files.length > 0) texts.push(`[${files.length} files that cannot be shown here.]`)
  const text = cutAnswer(texts.join('\n\n')) || 'It is done. There is no answer to read.'
  return result.isError === true ? `The tool failed:\n${text}` : text
}

interface Part {
  text?: string
  file?: CodeFile
}

/** One entry of a result. Source: the MCP specification 2025-11-25, "Tool Result". */
function toPart(entry: unknown): Part {
  const { type, text, data, mimeType, resource, uri, name, description } = Object(entry) as Record<string, unknown>
  if (type === 'text') return { text: String(text ?? '') }
  if (type === 'image' || type === 'audio')
    return toFile(data, { name: type === 'image' ? 'picture' : 'sound', mimeType })
  if (type === 'resource') {
    const inside = Object(resource) as Record<string, unknown>
    if (typeof inside.text === 'string') return { text: `${String(inside.uri ?? '')}\n${inside.text}`.trim() }
    return toFile(inside.blob, { name: lastPart(inside.uri), mimeType: inside.mimeType })
  }
  if (type === 'resource_link') {
    const words = [name, uri, description].filter((part) => typeof part === 'string' && part !== '')
    return { text: words.join(' – ') }
  }
  return {}
}

function toFile(data: unknown, { name, mimeType }: { name: string; mimeType: unknown }): Part {
  const bytes = typeof data === 'string' ? bytesOf(data) : undefined
  if (!bytes) return { text: '[A file that cannot be read.]' }
  const ending = ENDINGS[String(mimeType).split(';')[0]?.trim().toLowerCase() ?? '']
  return { file: { name: ending && !name.endsWith(`.${ending}`) ? `${name}.${ending}` : name, data: bytes } }
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return fromBase64(base64)
  } catch {
    return undefined // it is no Base64
  }
}

const lastPart = (uri: unknown): string =>
  String(uri ?? '')
    .replace(/[?#].*$/, '')
    .split('/')
    .filter(Boolean)
    .at(-1)
    ?.slice(-100) ?? 'file'

/** Of the kinds that are shown as what they are; a picture of any other kind is something to download. */
const ENDINGS: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'application/pdf': 'pdf',
  'application/json': 'json',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
}

function namedApart(files: CodeFile[]): CodeFile[] {
  const taken = new Map<string, number>()
  return files.map(({ name, data }) => {
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    return { name: count === 1 ? name : name.replace(/(\.\w+)?$/, ` ${count}$1`), data }
  })
}
