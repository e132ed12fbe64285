import { describe, expect, it } from 'vitest'
import { createClientSecret, type GivenSecret } from './client-secret.js'

/** A page that hands out s1, s2, … and remembers what it was asked with. */
function page() {
  const asked: (string | null)[] = []
  return { asked, ask: async (current: string | null) => `s${asked.push(current)}` }
}

const refuse = (...refused: string[]) => {
  const used: string[] = []
  const request = async ({ secret }: GivenSecret) => {
    used.push(secret)
    return new Response(null, { status: refused.includes(secret) ? 401 : 200 })
  }
  return { used, request }
}

describe('client secret', () => {
  it('is asked for once, with null, however many requests need it', async () => {
    const { asked, ask } = page()
    const secret = createClientSecret(ask)
    const { used, request } = refuse()

    await Promise.all([secret.use(request), secret.use(request)])
    await secret.use(request)

    expect(asked).toEqual([null])
    expect(used).toEqual(['s1', 's1', 's1'])
  })

  it('is renewed once when it is refused, however many requests were refused', async () => {
    const { asked, ask } = page()
    const secret = createClientSecret(ask)
    const { used, request } = refuse('s1')

    const answers = await Promise.all([secret.use(request), secret.use(request)])

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(asked).toEqual([null, 's1'])
    expect(used).toEqual(['s1', 's1', 's2', 's2'])
  })

  it('may come with what it is for', async () => {
    const secret = createClientSecret(async () => ({ secret: 's1', appId: 'support', organizationId: 'acme', more: 1 }))
    const used: GivenSecret[] = []

    await secret.use(async (given) => {
      used.push(given)
      return new Response()
    })

    expect(used).toEqual([{ secret: 's1', appId: 'support', organizationId: 'acme' }])
  })

  it('gives up after one renewal and hands the refusal on', async () => {
    const { asked, ask } = page()
    const { request } = refuse('s1', 's2')

    expect((await createClientSecret(ask).use(request)).status).toBe(401)
    expect(asked).toEqual([null, 's1'])
  })

  it('says what to check when the page cannot provide one, and asks again next time', async () => {
    const answers: (() => string)[] = [
      () => {
        throw new Error('HTTP 500.')
      },
      () => '',
      () => 'good',
    ]
    const secret = createClientSecret(async () => answers.shift()!())
    const { used, request } = refuse()

    await expect(secret.use(request)).rejects.toThrow(/HTTP 500\. Check api\.getClientSecret/)
    await expect(secret.use(request)).rejects.toThrow(/non-empty string/)
    await secret.use(request)

    expect(used).toEqual(['good'])
  })
})
