import { describe, expect, it } from 'vitest'
import { withoutOverrides } from './plain-text.js'

describe('what the server sends', () => {
  it('loses characters that turn text around, and no position', () => {
    const given = { items: [{ name: 'invoice\u202efdp.exe', size: 3 }, 'a\u202db\u202c'], note: null }

    expect(withoutOverrides(given)).toEqual({
      items: [{ name: 'invoice\u2060fdp.exe', size: 3 }, 'a\u2060b\u2060'],
      note: null,
    })
  })

  it('stays the same object where there are none, in whatever language', () => {
    const given = { text: 'مرحبا \u2068Ada\u2069 שלום 👩‍💻', list: [1, true, { deep: 'x' }] }

    expect(withoutOverrides(given)).toBe(given)
  })
})
