import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { base64url, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { jwtAuthentication } from './jwt.js'

/** An identity provider with one key at a time. */
async function startProvider() {
  let keys: object[] = []
  let asked = 0
  let answer: { status: number; body: string } | undefined
  const server = createServer((_, response) => {
    asked += 1
    response.statusCode = answer?.status ?? 200
    response.setHeader('content-type', 'application/json').end(answer?.body ?? JSON.stringify({ keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens
  return {
    url: `http://127.0.0.1:${port}/jwks.json`,
    asked: () => asked,
    /** From now on it answers so, whatever its keys are. */
    answer(status: number, body: string) {
      answer = { status, body }
    },
    mend() {
      answer = undefined
    },
    /** Publishes a key of any kind, besides the others. */
    publish: (key: object) => keys.push(key),
    /** Publishes a new key in place of the old one, or beside it. Tokens name it unless `isNamed` is false. */
    async rotate(kid: string, { beside = false, isNamed = true } = {}) {
      const { publicKey, privateKey } = await generateKeyPair('ES256')
      const key = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }
      keys = beside ? [...keys, key] : [key]
      return (claims: Record<string, unknown>) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', ...(isNamed && { kid }) })
          .setIssuer('https://login.example')
          .setAudience('chat')
          .setExpirationTime('1h')
          .sign(privateKey)
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

let provider: Awaited<ReturnType<typeof startProvider>>
afterEach(async () => {
  vi.useRealTimers()
  await provider.close()
})

const requestWith = (token: string) =>
  new Request('https://chat.example/api/chatkit', { headers: { authorization: `Bearer ${token}` } })

describe('A6: tokens of an identity provider', () => {
  it('are checked with its published keys, which are fetched once', async () => {
    provider = await startProvider()
    const sign = await provider.rotate('first')
    const authenticate = jwtAuthentication({ keys: { jwksUrl: provider.url } })

    const principals = await Promise.all(
      ['ada', 'ben', 'cleo'].map(async (sub) => authenticate(requestWith(await sign({ sub })))),
    )

    expect(principals.map(({ userId }) => userId)).toEqual(['ada', 'ben', 'cleo'])
    expect(provider.asked()).toBe(1)
  })

  it('are good only for the issuer and audience the server is set up for', async () => {
    provider = await startProvider()
    const token = await (await provider.rotate('first'))({ sub: 'ada' })
    const userFor = async (rules: { issuer?: string; audience?: string }) =>
      (await jwtAuthentication({ keys: { jwksUrl: provider.url }, ...rules })(requestWith(token))).userId

    expect(await userFor({ issuer: 'https://login.example', audience: 'chat' })).toBe('ada')
    await expect(userFor({ issuer: 'https://evil.example' })).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(userFor({ audience: 'mail' })).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('are not taken when signed with the public key as if it were a secret', async () => {
    provider = await startProvider()
    await provider.rotate('first')
    const forged = await new SignJWT({ sub: 'ada' })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('whatever the public key reads like'))

    const checked = jwtAuthentication({ keys: { jwksUrl: provider.url } })(requestWith(forged))

    await expect(checked).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('are the server’s trouble, not the caller’s, when the provider cannot be reached', async () => {
    provider = await startProvider()
    const token = await (await provider.rotate('first'))({ sub: 'ada' })
    const authenticate = jwtAuthentication({ keys: { jwksUrl: 'http://127.0.0.1:9/jwks.json' } })

    await expect(authenticate(requestWith(token))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('PARLEY_JWKS_URL'),
      options: { details: { retry_after: 5 } },
    })
  })

  it.each([
    ['fails', 500, '{}'],
    ['sends no JSON', 200, '<html>'],
    ['sends no keys', 200, '{"error":"not here"}'],
  ])('are the server’s trouble when the provider %s, and good again as soon as it mends', async (_, status, body) => {
    provider = await startProvider()
    const token = await (await provider.rotate('first'))({ sub: 'ada' })
    const authenticate = jwtAuthentication({ keys: { jwksUrl: provider.url } })
    provider.answer(status, body)

    await expect(authenticate(requestWith(token))).rejects.toMatchObject({ code: 'unavailable' })

    provider.mend()
    expect((await authenticate(requestWith(token))).userId).toBe('ada')
  })

  it('need not name their key while there is one, and must where there are several', async () => {
    provider = await startProvider()
    const nameless = await provider.rotate('first', { isNamed: false })
    const authenticate = jwtAuthentication({ keys: { jwksUrl: provider.url } })

    expect((await authenticate(requestWith(await nameless({ sub: 'ada' })))).userId).toBe('ada')

    await provider.rotate('second', { beside: true })
    const anew = jwtAuthentication({ keys: { jwksUrl: provider.url } })
    await expect(anew(requestWith(await nameless({ sub: 'ada' })))).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('are never checked with a shared secret, even one that the provider publishes', async () => {
    provider = await startProvider()
    await provider.rotate('first')
    const secret = new TextEncoder().encode('a-secret-that-everybody-can-read-now')
    provider.publish({ kty: 'oct', k: base64url.encode(secret), kid: 'shared', alg: 'HS256' })
    const forged = await new SignJWT({ sub: 'ada' })
      .setProtectedHeader({ alg: 'HS256', kid: 'shared' })
      .setExpirationTime('1h')
      .sign(secret)

    const checked = jwtAuthentication({ keys: { jwksUrl: provider.url } })(requestWith(forged))

    await expect(checked).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('are checked with a new key as soon as one names it', async () => {
    provider = await startProvider()
    const first = await provider.rotate('first')
    vi.useFakeTimers({ toFake: ['Date'] })
    const authenticate = jwtAuthentication({ keys: { jwksUrl: provider.url } })
    await authenticate(requestWith(await first({ sub: 'ada' })))
    const second = await provider.rotate('second')
    vi.setSystemTime(Date.now() + 31_000) // the provider is not asked more often than every 30 s

    expect((await authenticate(requestWith(await second({ sub: 'ben' })))).userId).toBe('ben')
    // The first key is not published any more: who still signs with it is nobody.
    await expect(authenticate(requestWith(await first({ sub: 'ada' })))).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('that name keys nobody has published make the provider no work', async () => {
    provider = await startProvider()
    const first = await provider.rotate('first')
    const authenticate = jwtAuthentication({ keys: { jwksUrl: provider.url } })
    await authenticate(requestWith(await first({ sub: 'ada' })))
    const forge = await provider.rotate('forged')

    for (const sub of ['a', 'b', 'c'])
      await expect(authenticate(requestWith(await forge({ sub })))).rejects.toMatchObject({ code: 'unauthorized' })

    expect(provider.asked()).toBe(1)
  })
})
