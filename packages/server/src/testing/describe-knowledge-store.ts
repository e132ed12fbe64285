import type {
  DocumentChange,
  KnowledgeBaseRecord,
  KnowledgeDocumentRecord,
  KnowledgeStore,
} from '../storage/knowledge-store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { walk } from './opened-store.js'
import type { TestRunner } from './test-runner.js'

const NOW = '2026-11-20T12:00:00.000Z'
const LATER = '2026-11-20T13:00:00.000Z'

const sampleBase = (id: string, fields: Partial<KnowledgeBaseRecord> = {}): KnowledgeBaseRecord => ({
  id,
  workspace_id: 'shop',
  name: 'Handbook',
  created_at: NOW,
  updated_at: NOW,
  ...fields,
})

const sampleDocument = (id: string, fields: Partial<KnowledgeDocumentRecord> = {}): KnowledgeDocumentRecord => ({
  id,
  base_id: 'kb_1',
  workspace_id: 'shop',
  title: 'Returns “policy”',
  status: 'reading',
  bytes: 10,
  passages: 0,
  embedded: 0,
  created_at: NOW,
  updated_at: NOW,
  ...fields,
})

/**
 * Declares the tests every `KnowledgeStore` has to pass.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeKnowledgeStore(
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<{ store: ServerStore; close(): Promise<void> }>,
): void {
  const test = (title: string, body: (knowledge: KnowledgeStore) => Promise<void>) =>
    it(title, async () => {
      const { store, close } = await open()
      try {
        await body(store.knowledge)
      } finally {
        await close()
      }
    })

  describe(`${name}: knowledge`, () => {
    test('bases belong to their workspace', async (knowledge) => {
      await knowledge.addBase(sampleBase('kb_1'))
      const other = sampleBase('kb_1', { workspace_id: 'bank', name: 'Secrets' })
      await knowledge.addBase(other)

      expect(await knowledge.loadBase('bank', 'kb_1')).toEqual(other)
      expect(await knowledge.loadBase('club', 'kb_1')).toEqual(null)
      const rename = (base: KnowledgeBaseRecord) => ({ ...base, name: 'Guide', description: 'Ours' })
      expect(await knowledge.changeBase('club', 'kb_1', rename)).toEqual(null)
      expect(await knowledge.deleteBase('club', 'kb_1')).toEqual(false)
      const renamed = sampleBase('kb_1', { name: 'Guide', description: 'Ours' })
      expect(await knowledge.changeBase('shop', 'kb_1', rename)).toEqual(renamed)
      expect((await knowledge.loadBase('shop', 'kb_1'))?.name).toEqual('Guide')
      expect(await knowledge.deleteBase('shop', 'kb_1')).toEqual(true)
      expect(await knowledge.loadBase('shop', 'kb_1')).toEqual(null)
      expect(await knowledge.loadBase('bank', 'kb_1')).toEqual(other)
    })

    test('bases and documents are listed page by page', async (knowledge) => {
      for (const id of ['kb_1', 'kb_2', 'kb_3']) await knowledge.addBase(sampleBase(id))
      for (const id of ['b', 'a', 'c']) await knowledge.addDocument(sampleDocument(id))
      await knowledge.addDocument(sampleDocument('d', { base_id: 'kb_2' }))

      expect(await walk('asc', 2, (page) => knowledge.listBases('shop', page))).toEqual(['kb_1', 'kb_2', 'kb_3'])
      expect(await walk('desc', 2, (page) => knowledge.listDocuments('shop', 'kb_1', page))).toEqual(['c', 'a', 'b'])
      expect((await knowledge.listDocuments('bank', 'kb_1', { limit: 9, order: 'asc' })).data).toEqual([])
      expect((await knowledge.listBases('bank', { limit: 9, order: 'asc' })).data).toEqual([])
    })

    test('a document keeps its passages in order, and gets vectors later', async (knowledge) => {
      await knowledge.addBase(sampleBase('kb_1'))
      const document = sampleDocument('doc_1')
      await knowledge.addDocument(document)
      const passages = [
        { headings: ['A', 'B'], text: 'One “1”', page: 3 },
        { headings: [], text: 'Two' },
        { headings: [], text: 'Three', vector: 'old' },
      ]

      expect(await knowledge.replacePassages({ ...document, status: 'indexing', passages: 3 }, passages)).toEqual(true)
      expect(await knowledge.saveVectors({ ...document, status: 'ready', embedded: 2 }, 1, ['v1', 'v2'])).toEqual(true)

      expect(await knowledge.loadPassages(document)).toEqual([
        passages[0],
        { ...passages[1], vector: 'v1' },
        { ...passages[2], vector: 'v2' },
      ])
      expect((await knowledge.loadDocument('shop', 'kb_1', 'doc_1'))?.status).toEqual('ready')
      expect(await knowledge.loadPassages({ ...document, workspace_id: 'bank' })).toEqual([])
      await knowledge.replacePassages(document, [{ headings: [], text: 'New' }])
      expect(await knowledge.loadPassages(document)).toEqual([{ headings: [], text: 'New' }])
    })

    test('a document changes with its passages, or not at all, and only in its own workspace', async (knowledge) => {
      await knowledge.addBase(sampleBase('kb_1'))
      const document = sampleDocument('doc_1')
      await knowledge.addDocument(document)
      await knowledge.replacePassages(document, [{ headings: [], text: 'One', vector: 'v' }])
      const place = { workspace_id: 'shop', base_id: 'kb_1', id: 'doc_1' }
      const add: DocumentChange = (old, passages) => ({
        document: { ...old, hidden: 'disabled' },
        passages: [...passages, { id: 'two', headings: [], text: 'Two', keywords: ['zwei'] }],
      })

      expect(await knowledge.changeDocument({ ...place, workspace_id: 'bank' }, add)).toEqual(null)
      expect(await knowledge.changeDocument(place, add)).toEqual({ ...document, hidden: 'disabled' })
      const both = [
        { headings: [], text: 'One', vector: 'v' },
        { id: 'two', headings: [], text: 'Two', keywords: ['zwei'] },
      ]
      expect(await knowledge.loadPassages(document)).toEqual(both)
      await knowledge
        .changeDocument(place, () => {
          throw new RangeError('no')
        })
        .catch(() => undefined)
      await knowledge.changeDocument(place, (old) => ({ document: { ...old, title: 'Renamed' } }))
      expect(await knowledge.loadPassages(document)).toEqual(both)
    })

    test('how far a document is says nothing of what else changed about it', async (knowledge) => {
      await knowledge.addBase(sampleBase('kb_1'))
      const document = sampleDocument('doc_1')
      await knowledge.addDocument(document)
      await knowledge.changeDocument(document, (old) => ({
        document: { ...old, title: 'Renamed', hidden: 'archived' },
      }))

      await knowledge.saveProgress({ ...document, status: 'failed', problem: 'Empty.', updated_at: LATER })

      const failed = { ...document, title: 'Renamed', hidden: 'archived', status: 'failed', problem: 'Empty.' }
      expect(await knowledge.loadDocument('shop', 'kb_1', 'doc_1')).toEqual({ ...failed, updated_at: LATER })
    })

    test('what is said of an earlier edition of a document is not kept', async (knowledge) => {
      await knowledge.addBase(sampleBase('kb_1'))
      const document = sampleDocument('doc_1')
      await knowledge.addDocument(document)
      await knowledge.changeDocument(document, (old) => ({
        document: { ...old, edition: 1 },
        passages: [{ headings: [], text: 'Two' }],
      }))

      expect(await knowledge.saveProgress({ ...document, status: 'ready' })).toEqual(false)
      expect(await knowledge.saveVectors(document, 0, ['of One'])).toEqual(false)
      expect(await knowledge.replacePassages(document, [{ headings: [], text: 'One' }])).toEqual(false)
      expect(await knowledge.loadPassages(document)).toEqual([{ headings: [], text: 'Two' }])
    })

    test('of two changes of a document at once none is lost', async (knowledge) => {
      await knowledge.addBase(sampleBase('kb_1'))
      const document = sampleDocument('doc_1')
      await knowledge.addDocument(document)
      const add = (text: string) =>
        knowledge.changeDocument(document, (old, passages) => ({
          document: old,
          passages: [...passages, { headings: [], text }],
        }))

      await Promise.all(['a', 'b', 'c', 'd'].map(add))

      expect((await knowledge.loadPassages(document)).map(({ text }) => text).sort()).toEqual(['a', 'b', 'c', 'd'])
    })

    test('a base tells when it says something else', async (knowledge) => {
      await knowledge.addBase(sampleBase('kb_1'))
      const document = sampleDocument('doc_1')
      const revisions = [await knowledge.revisionOf('shop', 'kb_1')]
      const note = async () => revisions.push(await knowledge.revisionOf('shop', 'kb_1'))

      await knowledge.addDocument(document)
      await knowledge.replacePassages(document, [{ headings: [], text: 'One' }])
      await note()
      await knowledge.saveVectors(document, 0, ['v'])
      await note()
      await knowledge.deleteDocument('shop', 'kb_1', 'doc_1')
      await note()

      expect(new Set(revisions).size).toEqual(4)
      expect(await knowledge.revisionOf('bank', 'kb_1')).toEqual(null)
    })

    test('what was deleted meanwhile is not written to', async (knowledge) => {
      const document = sampleDocument('doc_1')
      expect(await knowledge.addDocument(document)).toEqual(false)
      await knowledge.addBase(sampleBase('kb_1'))
      await knowledge.addDocument(document)
      expect(await knowledge.deleteDocument('bank', 'kb_1', 'doc_1')).toEqual(false)
      expect(await knowledge.deleteDocument('shop', 'kb_1', 'doc_1')).toEqual(true)

      expect(await knowledge.deleteDocument('shop', 'kb_1', 'doc_1')).toEqual(false)
      expect(await knowledge.saveProgress(document)).toEqual(false)
      expect(await knowledge.replacePassages(document, [{ headings: [], text: 'One' }])).toEqual(false)
      expect(await knowledge.saveVectors(document, 0, ['v'])).toEqual(false)
    })

    test('counts how often passages are found, in their own workspace, until their document goes', async (knowledge) => {
      for (const workspace_id of ['shop', 'bank']) {
        await knowledge.addBase(sampleBase('kb_1', { workspace_id }))
        await knowledge.addDocument(sampleDocument('doc_1', { workspace_id }))
      }
      const revision = await knowledge.revisionOf('shop', 'kb_1')
      const hit = (passage_id: string, hits: number, document_id = 'doc_1') => ({ document_id, passage_id, hits })

      await knowledge.countHits('shop', 'kb_1', [hit('one', 2), hit('two', 1), hit('x', 1, 'doc_of_nobody')])
      await knowledge.countHits('shop', 'kb_1', [hit('one', 3)])
      await knowledge.countHits('club', 'kb_1', [hit('one', 3)])

      const counted = (await knowledge.loadHits('shop', 'kb_1')).toSorted((a, b) => b.hits - a.hits)
      expect(counted).toEqual([hit('one', 5), hit('two', 1)])
      expect(await knowledge.loadHits('bank', 'kb_1')).toEqual([])
      expect(await knowledge.revisionOf('shop', 'kb_1')).toEqual(revision)
      await knowledge.deleteDocument('shop', 'kb_1', 'doc_1')
      expect(await knowledge.loadHits('shop', 'kb_1')).toEqual([])
    })

    test('knows what a process left unfinished', async (knowledge) => {
      await knowledge.addBase(sampleBase('kb_1'))
      await knowledge.addDocument(sampleDocument('old'))
      await knowledge.addDocument(sampleDocument('old_and_done', { status: 'ready' }))
      await knowledge.addDocument(sampleDocument('failed', { status: 'failed' }))
      await knowledge.addDocument(sampleDocument('new', { updated_at: LATER }))

      expect((await knowledge.listUnfinished(LATER)).map(({ id }) => id)).toEqual(['old'])
    })
  })
}
