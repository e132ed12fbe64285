/** Which addresses of the internet protocol belong to everybody, so that requests on somebody else's behalf may go there. */

/** Ranges that lead into this machine, its network, or nowhere: IANA's special-purpose registries, 4 and 6. */
const SPECIAL_RANGES = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
].map(toRange)

/** Prefixes of version 6 that carry an address of version 4, and at which bit it begins. */
const CARRIERS = [
  { range: toRange('::ffff:0:0/96'), at: 96 },
  { range: toRange('64:ff9b::/96'), at: 96 },
  { range: toRange('2002::/16'), at: 16 },
]

/** A block of addresses, e.g. `10.0.0.0/8`. */
export interface AddressRange {
  bits: bigint
  /** Of an address of this version: 32 or 128. */
  size: 32 | 128
  prefix: number
}

/** Whether the address is one of the public internet. What cannot be read as an address is not. */
export function isPublicAddress(address: string): boolean {
  const read = readAddress(address)
  if (!read) return false
  const carrier = CARRIERS.find(({ range }) => contains(range, read))
  if (carrier) return isPublic({ size: 32, bits: (read.bits >> BigInt(96 - carrier.at)) & 0xffff_ffffn })
  return isPublic(read)
}

/** Whether the address lies in the range; an IPv4 address written as IPv6 counts as what it is. */
export function isInRange(address: string, range: AddressRange): boolean {
  const read = readAddress(address)
  if (!read) return false
  const mapped = CARRIERS[0]
  if (mapped && contains(mapped.range, read)) return contains(range, { size: 32, bits: read.bits & 0xffff_ffffn })
  return contains(range, read)
}

/** Reads `10.0.0.0/8`, `fd00::/8` or a single address; `null` for anything else. */
export function parseRange(text: string): AddressRange | null {
  const [address = '', prefix, ...rest] = text.split('/')
  const read = readAddress(address)
  if (!read || rest.length > 0) return null
  if (prefix === undefined) return { ...read, prefix: read.size }
  const length = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.POSITIVE_INFINITY
  return length <= read.size ? { ...read, prefix: length } : null
}

type Address = Pick<AddressRange, 'bits' | 'size'>

const isPublic = (address: Address) => !SPECIAL_RANGES.some((range) => contains(range, address))

function contains({ bits, size, prefix }: AddressRange, address: Address): boolean {
  const rest = BigInt(size - prefix)
  return size === address.size && bits >> rest === address.bits >> rest
}

function toRange(text: string): AddressRange {
  const range = parseRange(text)
  if (!range) throw new TypeError(`${text} is no range of addresses.`)
  return range
}

function readAddress(address: string): Address | null {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  return plain.includes(':') ? readVersion6(plain) : readVersion4(plain)
}

function readVersion4(text: string): Address | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null
  return { size: 32, bits: parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n) }
}

function readVersion6(text: string): Address | null {
  const halves = withoutDots(text)?.split('::')
  if (!halves || halves.length > 2) return null
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail]
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return null
  return { size: 128, bits: groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n) }
}

/** `::ffff:10.0.0.1` ends in an address of version 4: the same in groups. */
function withoutDots(text: string): string | null {
  const dotted = /[^:]+\.[^:]+$/.exec(text)?.[0]
  if (!dotted) return text
  const read = readVersion4(dotted)
  if (!read) return null
  const groups = [read.bits >> 16n, read.bits & 0xffffn].map((group) => group.toString(16))
  return text.slice(0, -dotted.length) + groups.join(':')
}
