import { describe, expect, it } from 'vitest'
import { readAddress, writeAddress } from './address.js'

const read = (address: string) => readAddress(new URL(address, 'http://host/gallery'), 'dark')

describe('the address of the gallery', () => {
  it('names nothing: the look of the system, and no sample', () => {
    expect(read('').id).toBe('')
    expect(read('').look).toMatchObject({ scheme: 'dark', locale: '', radius: 'pill', density: 'normal', accent: '' })
  })

  it.each([
    '?theme=light#Card',
    '?theme=dark&locale=ar&radius=sharp&density=compact&accent=%230a7f5a&font=Inter#Table.Row',
  ])('%s comes back as it was', (address) => {
    expect(writeAddress(read(address))).toBe(address)
  })

  it('forgets what it does not know', () => {
    expect(writeAddress(read('?theme=sepia&radius=oval#x%20y'))).toBe('?theme=dark#x%20y')
  })
})
