import { describe, expect, it } from 'vitest'
import { createVault } from './vault.js'

const key = (byte: number) => new Uint8Array(32).fill(byte)

describe('a vault', () => {
  it('opens what it sealed, which says nothing and is never the same twice', async () => {
    const vault = await createVault([key(1)])

    const sealed = await vault.seal('sk-geheim-ключ', 'shop/one')

    expect(await vault.open(sealed, 'shop/one')).toBe('sk-geheim-ключ')
    expect(sealed).not.toContain('geheim')
    expect(await vault.seal('sk-geheim-ключ', 'shop/one')).not.toBe(sealed)
  })

  it('opens with an old key, and seals with the newest', async () => {
    const sealed = await (await createVault([key(1)])).seal('secret', 'place')
    const vault = await createVault([key(2), key(1)])

    expect(await vault.open(sealed, 'place')).toBe('secret')
    expect(vault.isOld(sealed)).toBe(true)
    expect(vault.isOld(await vault.seal('secret', 'place'))).toBe(false)
  })

  it.each<[string, (sealed: string) => Promise<string>]>([
    ['at another place', async (sealed) => (await createVault([key(1)])).open(sealed, 'bank/one')],
    ['with another key', async (sealed) => (await createVault([key(3)])).open(sealed, 'place')],
    ['when a bit was changed', async (sealed) => (await createVault([key(1)])).open(changed(sealed), 'place')],
    ['when it is no sealed text', async () => (await createVault([key(1)])).open('secret', 'place')],
  ])('opens nothing %s, and names the cure', async (_, open) => {
    const sealed = await (await createVault([key(1)])).seal('secret', 'place')

    await expect(open(sealed)).rejects.toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('PARLEY_ENCRYPTION_KEY'),
    })
  })
})

function changed(sealed: string): string {
  const at = sealed.lastIndexOf('.') + 1
  return sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
}
