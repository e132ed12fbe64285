import type { Attachment, ThreadItem } from '@parley/protocol'
import { fileIdsInText } from '../../base/file-address.js'
import type { CodeFile } from '../../base/run-code.js'
import type { AgentContext } from '../agent-context.js'

const PAGE = 200
/** Of all files together; the newest come first. */
const MOST_BYTES = 20 * 1024 * 1024
const MOST_FILES = 50

type Named = Pick<Attachment, 'id'> & { name?: string }

/** The files people attached to the conversation and tools made in it, each by a name of its own. */
export async function filesOfThread(
  context: AgentContext,
  earlier: CodeFile[],
): Promise<{ files: CodeFile[]; note?: string }> {
  const byName = new Map<string, Uint8Array>()
  for (const { name, data } of [...earlier].reverse()) if (!byName.has(name)) byName.set(name, data)
  const access = context.files
  let left = MOST_BYTES
  let left_out = 0
  for (const { id, name: known } of access ? await filesIn(context) : []) {
    const name = plainName(known ?? (await nameOf(context, id)))
    if (byName.has(name)) continue
    const bytes = left > 0 && byName.size < MOST_FILES ? await access?.readAttachment(id, left) : null
    if (bytes && bytes.size === bytes.data.byteLength) byName.set(name, bytes.data)
    else left_out++
    left -= bytes?.data.byteLength ?? 0
  }
  const files = [...byName].map(([name, data]) => ({ name, data }))
  return left_out > 0
    ? { files, note: `${left_out} files of the conversation are too large or too many to be in /files.` }
    : { files }
}

/** Newest first: of two files of one name, the later one counts. */
async function filesIn(context: AgentContext): Promise<Named[]> {
  const found: Named[] = []
  let after: string | undefined
  do {
    const page = await context.loadItems({ limit: PAGE, order: 'desc', after })
    for (const item of page.data) found.push(...filesOf(item))
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  return found
}

function filesOf(item: ThreadItem): Named[] {
  if (item.type === 'user_message') return item.attachments
  const text =
    item.type === 'widget' ? JSON.stringify(item.widget) : item.type === 'generated_image' ? item.image?.url : ''
  return fileIdsInText(text ?? '').map((id) => ({ id }))
}

async function nameOf({ files }: AgentContext, id: string): Promise<string> {
  const found = await files?.loadAttachment(id).catch(() => undefined) // deleted since: it cannot be read either
  return found?.name ?? id
}

/** A name that stands for a file in one folder and nothing else. */
const plainName = (name: string): string => name.replace(/[/\\\0]/g, '_').replace(/^\.+$/, '_') || 'file'
