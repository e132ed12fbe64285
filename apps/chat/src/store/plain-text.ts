/**
 * Characters that turn the direction of the text around them by force. A model can write with them what reads as another
 * name, address or ending than it is: `invoice<RLO>fdp.exe` looks like `invoiceexe.pdf`. Languages written from right to
 * left need none of them.
 */
const OVERRIDES = /[\u202a-\u202e]/g
/** As long, and unseen: positions in the text stay what they are. */
const NOTHING = '\u2060'

/** The same data without them, in every text of it; the same object where there is none. */
export function withoutOverrides<Value>(value: Value): Value {
  return clean(value) as Value // as it was, but for characters inside of texts
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(OVERRIDES, NOTHING)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const cleaned = value.map(clean)
    return cleaned.some((entry, at) => entry !== value[at]) ? cleaned : value
  }
  let copy: Record<string, unknown> | undefined
  for (const [name, entry] of Object.entries(value)) {
    const cleaned = clean(entry)
    if (cleaned === entry) continue
    copy ??= { ...value }
    copy[name] = cleaned
  }
  return copy ?? value
}
