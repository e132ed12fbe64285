import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdminClient } from '@parley/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  pdfDocument,
  wordDocument,
  workbook,
  zipBomb,
} from '../../packages/server/src/knowledge/documents/documents.fixture.js'
import { type ParleyProcess, startParley } from '../support/parley-process.js'

const KEY = 'the-admin-key-of-these-tests'
const text = (value: string) => new TextEncoder().encode(value)

/** One small document of each kind; each says its own name. */
const FILES: Record<string, Uint8Array<ArrayBuffer>> = {
  'policy.pdf': new Uint8Array(pdfDocument([[['Title', 24]], [['The walrus is in the PDF.', 11]]])),
  'letter.docx': new Uint8Array(wordDocument(['# Greetings', 'The giraffe is in the letter.'])),
  'prices.xlsx': new Uint8Array(
    workbook('Zoo', [
      ['Animal', 'Price'],
      ['Ocelot', 12],
    ]),
  ),
  'people.csv': text('Name,Pet\nAda,Hamster\n'),
  'page.html': text('<h1>Page</h1><script>alert(1)</script><p>The beaver is on the page.</p>'),
  'notes.md': text('# Notes\n\n## Birds\n\nThe flamingo is in the notes.'),
  'plain.txt': text('The badger is in the text.'),
}

let folder: string
let server: ParleyProcess
let admin: ReturnType<typeof createAdminClient>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-knowledge-'))
  server = await startParley({ PARLEY_DATA: folder, PARLEY_API_KEY: KEY })
  admin = createAdminClient({ baseURL: server.url, apiKey: KEY })
})
afterAll(async () => {
  await server.kill()
  rmSync(folder, { recursive: true, force: true })
})

async function ended(baseId: string, documentId: string) {
  const load = () => admin.knowledge.documents(baseId).get(documentId)
  await expect.poll(async () => (await load()).status).toMatch(/ready|failed/)
  return load()
}

describe('E5: knowledge with the built command', () => {
  it('takes a file of every kind, reads it and finds what it says', async () => {
    const { id: base } = await admin.knowledge.create({ name: 'Zoo' })
    const documents = admin.knowledge.documents(base)
    const added = await Promise.all(
      Object.entries(FILES).map(([filename, bytes]) => documents.upload(bytes, { filename })),
    )
    for (const { id } of added) expect(await ended(base, id)).toMatchObject({ status: 'ready', problem: null })

    const find = async (query: string) => (await admin.knowledge.search(base, query))[0]
    expect(await find('walrus')).toMatchObject({ filename: 'policy.pdf', page: 2, headings: ['Title'] })
    expect(await find('giraffe')).toMatchObject({ filename: 'letter.docx' })
    expect(await find('ocelot')).toMatchObject({ text: 'Animal: Ocelot; Price: 12', headings: ['Zoo'] })
    expect(await find('hamster')).toMatchObject({ text: 'Name: Ada; Pet: Hamster' })
    expect(await find('beaver')).toMatchObject({ text: 'The beaver is on the page.' })
    expect(await find('flamingo')).toMatchObject({ headings: ['Birds'] })
    expect(await find('badger')).toMatchObject({ filename: 'plain.txt' })
  })

  it('says what is wrong with a hostile or broken one, and goes on answering', async () => {
    const { id: base } = await admin.knowledge.create({ name: 'Hostile' })
    const documents = admin.knowledge.documents(base)
    const problemOf = async (filename: string, bytes: Uint8Array<ArrayBuffer>) => {
      const { id } = await documents.upload(bytes, { filename })
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
      return (await ended(base, id)).problem
    }

    expect(await problemOf('bomb.docx', new Uint8Array(zipBomb(100)))).toContain('unpacks to more than 64 MB')
    expect(await problemOf('broken.docx', text('PK not a document'))).toContain('damaged')
    expect(await problemOf('broken.pdf', text('%PDF-1.7 nothing'))).toContain('damaged')
    expect(await problemOf('film.mp4', text('x'))).toContain('bring a pdf')
    await expect(documents.upload(new Uint8Array(21 * 1024 * 1024), { filename: 'big.pdf' })).rejects.toMatchObject({
      status: 413,
    })
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })
})
