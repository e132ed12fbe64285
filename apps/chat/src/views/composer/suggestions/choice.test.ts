import { describe, expect, it } from 'vitest'
import { isMeant } from './choice.js'

describe('a line of the list', () => {
  const attach = { label: 'Attach files', group: 'Actions' }

  it.each(['', 'attach', 'FILES', 'fi', 'act', ' att'])('is meant by “%s”', (query) => {
    expect(isMeant(attach, query)).toBe(true)
  })

  it('is meant whatever the accents', () => {
    expect(isMeant({ label: 'Résumé' }, 'resume')).toBe(true)
  })

  it('is not meant by a letter that only the name of its group holds', () => {
    expect(isMeant({ label: 'Dictate', group: 'Actions' }, 's')).toBe(false)
  })
})
