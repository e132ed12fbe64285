import type { LinkRecord } from '../storage/login-store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import type { TestRunner } from './test-runner.js'

const NOW = '2026-11-20T12:00:00.000Z'
const LATER = '2026-11-21T12:00:00.000Z'

const person = (id: string, more = {}) => ({
  id,
  workspace_id: 'shop',
  role: 'owner',
  name: 'Räder & „mehr“ 😀',
  email: `${id}@example.com`,
  email_verified: 0,
  created_at: NOW,
  updated_at: NOW,
  ...more,
})
const login = (id: string, user_id: string, expires_at = LATER) => ({
  id,
  user_id,
  token: `hash of ${id}`,
  expires_at,
  created_at: NOW,
  updated_at: NOW,
})
const link = (hash: string, more: Partial<LinkRecord> = {}): LinkRecord => ({
  hash,
  workspace_id: 'shop',
  purpose: 'invite',
  role: 'admin',
  created_at: NOW,
  expires_at: LATER,
  ...more,
})

/**
 * Declares the tests every `LoginStore` has to pass.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeLoginStore(
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<{ store: ServerStore; close(): Promise<void> }>,
): void {
  const test = (title: string, body: (store: ServerStore['logins']) => Promise<void>) =>
    it(title, async () => {
      const { store, close } = await open()
      try {
        await body(store.logins)
      } finally {
        await close()
      }
    })

  describe(`${name}: people who sign in`, () => {
    test('are found by all that is asked, oldest first', async (store) => {
      await store.addRow('people', person('bo', { created_at: LATER }))
      await store.addRow('people', person('ada'))
      await store.addRow('people', person('cy', { workspace_id: 'bank' }))

      const found = async (where: Record<string, string>) => (await store.findRows('people', where)).map(({ id }) => id)
      expect(await found({ workspace_id: 'shop' })).toEqual(['ada', 'bo'])
      expect(await found({ workspace_id: 'shop', email: 'cy@example.com' })).toEqual([])
      expect((await store.findRows('people', { id: 'ada' }))[0]).toEqual({ ...person('ada'), image: null })
    })

    test('have an address of their own', async (store) => {
      await store.addRow('people', person('ada'))

      const second = store.addRow('people', person('bo', { email: 'ada@example.com' }))

      expect(await second.then(() => 'added').catch(() => 'refused')).toEqual('refused')
    })

    test('are changed where all that is asked is so', async (store) => {
      await store.addRow('people', person('ada'))

      expect(await store.changeRows('people', { id: 'ada', workspace_id: 'bank' }, { name: 'Eve' })).toEqual([])
      const [changed] = await store.changeRows('people', { id: 'ada' }, { name: 'Ada', updated_at: LATER })
      expect(changed).toEqual({ ...person('ada', { name: 'Ada', updated_at: LATER }), image: null })
    })

    test('take what is theirs along', async (store) => {
      for (const id of ['ada', 'bo']) {
        await store.addRow('people', person(id))
        await store.addRow('login_sessions', login(`at ${id}`, id))
      }

      expect(await store.deleteRows('people', { id: 'ada', workspace_id: 'shop' })).toEqual(1)
      expect(await store.deleteRows('people', { id: 'ada', workspace_id: 'shop' })).toEqual(0)
      expect(await store.findRows('login_sessions', { user_id: 'ada' })).toEqual([])
      expect((await store.findRows('login_sessions', { user_id: 'bo' })).length).toEqual(1)
    })

    test('are signed out when their time is over', async (store) => {
      await store.addRow('people', person('ada'))
      await store.addRow('login_sessions', login('old', 'ada', NOW))
      await store.addRow('login_sessions', login('new', 'ada'))

      await store.deleteLoginSessionsExpiredBefore('2026-11-20T12:00:00.001Z')

      expect((await store.findRows('login_sessions', { user_id: 'ada' })).map(({ id }) => id)).toEqual(['new'])
    })

    test('are reached by the names of columns alone, and never all at once', async (store) => {
      await store.addRow('people', person('ada'))
      const outcome = (promise: Promise<unknown>) => promise.then(() => 'done').catch(() => 'refused')

      expect(await outcome(store.findRows('people', { "id = 'x' or id": 'ada' }))).toEqual('refused')
      expect(await outcome(store.deleteRows('people', {}))).toEqual('refused')
      expect((await store.findRows('people', { id: 'ada' })).length).toEqual(1)
    })
  })

  describe(`${name}: links`, () => {
    test('are taken once, of however many who ask', async (store) => {
      await store.addLink(link('hash'))
      expect(await store.findLink('hash', NOW)).toEqual(link('hash'))

      const taken = await Promise.all([1, 2, 3, 4].map(() => store.takeLink('hash', NOW)))

      expect(taken.filter((one) => one !== null)).toEqual([link('hash')])
      expect(await store.findLink('hash', NOW)).toEqual(null)
    })

    test('are over in time, and then forgotten', async (store) => {
      await store.addLink(link('old'))

      expect(await store.findLink('old', LATER)).toEqual(null)
      expect(await store.takeLink('old', LATER)).toEqual(null)
      await store.addLink(link('new', { created_at: '2026-11-22T12:00:00.000Z', expires_at: '2026-11-23' }))
      expect(await store.findLink('old', NOW)).toEqual(null)
    })

    test('of the first start are over once their workspace has people', async (store) => {
      await store.addLink(link('first', { purpose: 'first' }))
      await store.addRow('people', person('cy', { workspace_id: 'bank' }))
      expect(await store.findLink('first', NOW)).toEqual(link('first', { purpose: 'first' }))

      await store.addRow('people', person('ada'))

      expect(await store.findLink('first', NOW)).toEqual(null)
      expect(await store.takeLink('first', NOW)).toEqual(null)
    })
  })
}
