import type { Attachment } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { AgentAppConverter } from './agent-app-converter.js'

const file = (name: string, mime_type: string): Attachment => ({ type: 'file', id: 'atc_1', name, mime_type })

/** What the model is given of a file with these bytes, of which only the first `maxBytes` are ever read. */
const told = (attachment: Attachment, bytes: Uint8Array | string | null) => {
  const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  const readAttachment = async (_id: string, maxBytes: number) =>
    data && { data: data.subarray(0, maxBytes), size: data.byteLength }
  return new AgentAppConverter({ readAttachment }).attachmentToMessageContent(attachment)
}
const textOf = async (...given: Parameters<typeof told>) => {
  const part = await told(...given)
  return part.type === 'input_text' ? part.text : part.type
}

describe('B8: what the model is told of an attachment', () => {
  it.each([
    ['notes.txt', 'text/plain'],
    ['data.csv', 'text/csv'],
    ['main.ts', 'video/mp2t'],
    ['config.json', 'application/json'],
    ['README.md', ''],
  ])('reads %s (%s)', async (name, type) => {
    expect(await textOf(file(name, type), 'the contents')).toBe(
      `[Attached file: ${name}]\nthe contents\n[End of ${name}]`,
    )
  })

  it('sees a picture', async () => {
    const image: Attachment = { ...file('cat.png', 'image/png'), type: 'image', preview_url: '' }
    expect(await told(image, Uint8Array.of(1, 2, 3))).toMatchObject({
      type: 'input_image',
      image: 'data:image/png;base64,AQID',
    })
  })

  it('reads the beginning of a long text, and is told that there is more', async () => {
    const text = await textOf(file('log.txt', 'text/plain'), 'é'.repeat(200_000))

    expect(text.length).toBeLessThan(60_000)
    expect(text).toContain('[Only the beginning of the file; it has 400000 bytes.]')
    expect(text).not.toContain('\uFFFD')
  })

  it.each<[string, Attachment, Uint8Array | string | null]>([
    ['a file of another kind', file('app.exe', 'application/octet-stream'), 'MZ'],
    ['text that is not text', file('notes.txt', 'text/plain'), Uint8Array.of(0xff, 0xfe, 0)],
    ['a file whose bytes never came', file('notes.txt', 'text/plain'), null],
    ['a huge picture', file('big.png', 'image/png'), new Uint8Array(6 * 1024 * 1024)],
  ])('only names %s', async (_, attachment, bytes) => {
    const text = await textOf(attachment, bytes)
    expect(text).toContain(attachment.name)
    expect(text).toContain('You cannot see its contents')
  })

  it('stops reading when a thread holds too much', async () => {
    const readAttachment = async (_id: string, maxBytes: number) => {
      const data = new Uint8Array(Math.min(maxBytes, 5_000_000))
      return { data, size: 5_000_000 }
    }
    const converter = new AgentAppConverter({ readAttachment })
    const kinds: string[] = []
    for (let count = 0; count < 4; count++) {
      kinds.push((await converter.attachmentToMessageContent(file('cat.png', 'image/png'))).type)
    }
    expect(kinds).toEqual(['input_image', 'input_image', 'input_text', 'input_text'])
  })
})
