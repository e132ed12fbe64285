import { afterEach, expect, it } from 'vitest'
import { sqliteStore } from '../../../storage/sqlite/index.js'
import { echo, KEYS, langGraphParley } from '../testing.fixture.js'

/** A store that cannot be read for a while: as a database does that is restarted. */
function breakableStore() {
  const store = sqliteStore(':memory:')
  let broken = false
  const failing = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function' || !/^(load|read|find)/.test(String(name))) return value
      return (...args: unknown[]) =>
        broken ? Promise.reject(new Error('The database is away.')) : Reflect.apply(value, target, args)
    },
  })
  return { store: failing, break: () => (broken = true), mend: () => (broken = false) }
}

let close: () => Promise<void>
afterEach(() => close())

it.each(['/threads/:id/runs/stream', '/threads/:id/runs/wait', '/v1/chat'])(
  'C1: a run that was made by %s is answered with success, whatever fails then: a client would make it again',
  async (path) => {
    const breakable = breakableStore()
    let begun = 0
    const parley = langGraphParley({
      store: breakable.store,
      apps: {
        demo: {
          async *run(context) {
            begun += 1
            breakable.break()
            yield* echo.run(context)
          },
        },
      },
    })
    close = () => parley.close()
    const client = parley.client()
    const { thread_id } = await client.threads.create()
    const input = { action: 'send', message: { input: { input: 'hi' } } }
    const body =
      path === '/v1/chat' ? { request: input, options: { xpertId: 'demo' } } : { assistant_id: 'demo', input }

    const response = await parley.handle(
      new Request(`http://parley.test/api/ai${path.replace(':id', thread_id)}`, {
        method: 'POST',
        headers: { 'x-api-key': KEYS.shop, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
    const text = await response.text()

    expect(begun).toBe(1)
    expect(`${response.status} ${text}`).toMatch(/^200 /)
    expect(text).toContain(path.endsWith('/wait') ? 'internal' : '"event":"on_error"') // in the words of its client
    breakable.mend()
  },
)
