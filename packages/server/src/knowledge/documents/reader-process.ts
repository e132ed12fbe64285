import { readDocument } from './read-document.js'
import { DocumentError } from './section.js'

/** What the process that reads a document is sent: one document. */
export interface ReadRequest {
  name: string
  bytes: Uint8Array
}

/** What it answers before it ends. */
export type ReadAnswer = { sections: { text: string; page?: number }[] } | { problem: string }

process.once('message', (request: ReadRequest) => {
  void answer(request).then((said) => process.send?.(said, () => process.exit(0)))
})

async function answer(request: ReadRequest): Promise<ReadAnswer> {
  try {
    return { sections: await readDocument(request) }
  } catch (thrown) {
    if (thrown instanceof DocumentError) return { problem: thrown.message }
    return { problem: 'The document is damaged: open it in its program and save it again.' }
  }
}
