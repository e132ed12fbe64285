import { describe, expect, it } from 'vitest'
import { isInRange, isPublicAddress, parseRange } from './address-rules.js'

describe('an address of the public internet', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '100.63.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:82b::200e',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2002:808:808::1',
    '[2606:4700::1111]',
  ])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.127.255.254',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::FFFF:169.254.169.254',
    '0:0:0:0:0:ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2002:c0a8:101::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['', 'localhost', '127.1', '0x7f.0.0.1', '2130706433', '1.2.3.4.5', '1.2.3.256', ':::', '1::2::3', 'g::1'])(
    'what cannot be read is none: %j',
    (address) => {
      expect(isPublicAddress(address)).toBe(false)
    },
  )
})

describe('a range of addresses', () => {
  const holds = (range: string, address: string) => {
    const parsed = parseRange(range)
    return parsed !== null && isInRange(address, parsed)
  }

  it.each([
    ['10.0.0.0/8', '10.9.8.7'],
    ['10.0.0.0/8', '::ffff:10.9.8.7'],
    ['192.168.1.7', '192.168.1.7'],
    ['fd00::/8', 'fd12::1'],
    ['0.0.0.0/0', '9.9.9.9'],
  ])('%s holds %s', (range, address) => {
    expect(holds(range, address)).toBe(true)
  })

  it.each([
    ['10.0.0.0/8', '11.0.0.1'],
    ['192.168.1.7', '192.168.1.8'],
    ['fd00::/8', '10.0.0.1'],
    ['0.0.0.0/0', 'fd12::1'],
  ])('%s does not hold %s', (range, address) => {
    expect(holds(range, address)).toBe(false)
  })

  it.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129', 'intranet'])('%s is none', (text) => {
    expect(parseRange(text)).toBeNull()
  })
})
