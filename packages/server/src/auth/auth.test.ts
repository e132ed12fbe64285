import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { developmentAuthentication } from './development.js'
import { jwtAuthentication } from './jwt.js'

const SECRET = 'the-secret-of-these-tests-is-long-enough'

function sign(claims: Record<string, unknown>, options: { secret?: string; alg?: string; expires?: string } = {}) {
  const token = new SignJWT(claims).setProtectedHeader({ alg: options.alg ?? 'HS256' })
  if (!('exp' in claims)) token.setExpirationTime(options.expires ?? '1h')
  return token.sign(new TextEncoder().encode(options.secret ?? SECRET))
}

const requestWith = (authorization?: string) =>
  new Request('https://chat.example/api/chatkit', { headers: authorization ? { authorization } : {} })

describe('production mode', () => {
  const authenticate = jwtAuthentication({ keys: { secret: SECRET } })

  it('takes the user from the subject of a valid token', async () => {
    const principal = await authenticate(requestWith(`Bearer ${await sign({ sub: 'ada' })}`))
    expect(principal).toMatchObject({ userId: 'ada', method: 'jwt' })
  })

  it('takes the user from user_id when there is no subject', async () => {
    expect((await authenticate(requestWith(`bearer ${await sign({ user_id: 'bo' })}`))).userId).toBe('bo')
  })

  it('forgives clocks that differ by a few seconds, and not by more', async () => {
    const timed = (claim: 'exp' | 'nbf', seconds: number) =>
      sign({ sub: 'ada', [claim]: Math.floor(Date.now() / 1000) + seconds })
    const userOf = async (token: string) => (await authenticate(requestWith(`Bearer ${token}`))).userId

    expect(await userOf(await timed('exp', -2))).toBe('ada')
    expect(await userOf(await timed('nbf', 3))).toBe('ada')
    await expect(userOf(await timed('exp', -30))).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(userOf(await timed('nbf', 30))).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it.each([
    ['no header', async () => undefined],
    ['another scheme', async () => 'Basic YTpi'],
    ['no token', async () => 'Bearer '],
    ['rubbish', async () => 'Bearer abc'],
    ['another secret', async () => `Bearer ${await sign({ sub: 'ada' }, { secret: `${SECRET}!` })}`],
    ['another algorithm', async () => `Bearer ${await sign({ sub: 'ada' }, { alg: 'HS512' })}`],
    ['an expired token', async () => `Bearer ${await sign({ sub: 'ada' }, { expires: '-1m' })}`],
    ['a token that is megabytes long', async () => `Bearer ${await sign({ sub: 'ada', note: 'x'.repeat(2_000_000) })}`],
    ['a token for nobody', async () => `Bearer ${await sign({})}`],
    [
      'an unsigned token',
      async () => `Bearer ${btoa('{"alg":"none"}').replace(/=/g, '')}.${btoa('{"sub":"ada"}').replace(/=/g, '')}.`,
    ],
  ])('refuses %s as unauthorized', async (_, header) => {
    await expect(authenticate(requestWith(await header()))).rejects.toMatchObject({ code: 'unauthorized' })
  })
})

describe('development mode', () => {
  const authenticate = developmentAuthentication({
    allowOrigin: (origin) => origin === 'http://localhost:3000',
    allowHost: (hostname) => hostname === 'localhost' || hostname === '127.0.0.1',
  })
  const ask = (url: string, origin?: string) => authenticate(new Request(url, { headers: origin ? { origin } : {} }))

  it('asks for no login', async () => {
    expect(await ask('http://127.0.0.1:8787/api/chatkit')).toMatchObject({ userId: 'development' })
    expect(await ask('http://localhost:8787/api/chatkit', 'http://localhost:8787')).toMatchObject({
      method: 'development',
    })
    expect(await ask('http://localhost:8787/api/chatkit', 'http://localhost:3000')).toMatchObject({
      method: 'development',
    })
  })

  it.each([
    ['a foreign page', 'http://localhost:8787/', 'https://evil.example'],
    ['a sandboxed page', 'http://localhost:8787/', 'null'],
    ['a foreign host name that resolves to this machine', 'http://evil.example:8787/', undefined],
  ])('refuses %s', async (_, url, origin) => {
    await expect(ask(url, origin)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
