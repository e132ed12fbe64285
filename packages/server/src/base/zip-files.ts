import { Zip, ZipPassThrough } from 'fflate'

/** A file of an archive, opened when its turn comes. */
export interface ZippedFile {
  name: string
  /** `null`: it is gone, and left out. */
  open(): Promise<ReadableStream<Uint8Array> | null>
}

/** An archive as it is read: of all its files one piece is held at a time. They are packed already, most of them, and stay as they are. */
export function zipFiles(files: readonly ZippedFile[]): ReadableStream<Uint8Array> {
  const archive = packed(files)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await archive.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await archive.return(undefined)
    },
  })
}

async function* packed(files: readonly ZippedFile[]): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const archive = new Zip((problem, chunk) => {
    if (problem) throw problem
    if (chunk.length > 0) ready.push(chunk)
  })
  const names = new Set<string>()
  for (const { name, open } of files) {
    const bytes = await open()
    if (!bytes) continue
    const entry = new ZipPassThrough(freeName(name, names))
    archive.add(entry)
    for await (const chunk of bytes) {
      entry.push(chunk)
      yield* ready.splice(0)
    }
    entry.push(new Uint8Array(0), true)
    yield* ready.splice(0)
  }
  archive.end()
  yield* ready.splice(0)
}

/** A name that leads out of no folder and that no other file of the archive has. */
function freeName(name: string, taken: Set<string>): string {
  const plain = name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_') || 'document'
  const [, stem = plain, ending = ''] = /^(.+?)(\.[^.]*)?$/.exec(plain) ?? []
  let free = plain
  for (let number = 1; taken.has(free.toLowerCase()); number++) free = `${stem} (${number})${ending}`
  taken.add(free.toLowerCase())
  return free
}
