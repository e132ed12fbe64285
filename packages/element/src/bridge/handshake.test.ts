import { describe, expect, it } from 'vitest'
import { createNonce, decodeInvitation, encodeInvitation } from './handshake.js'

describe('invitation', () => {
  it('travels in the fragment of the address', () => {
    for (const microphone of [true, false]) {
      const invitation = { nonce: createNonce(), host: 'https://shop.example:8443', microphone }

      expect(decodeInvitation(encodeInvitation(invitation))).toEqual(invitation)
    }
  })

  it.each(['', '#', '#nonce=1', '#host=null', '#thr_1'])('is absent in %o', (hash) => {
    expect(decodeInvitation(hash)).toBeNull()
  })

  it('has a nonce that differs each time', () => {
    expect(createNonce()).toMatch(/^[0-9a-f]{32}$/)
    expect(createNonce()).not.toBe(createNonce())
  })
})
