/** Numbers as people here read them. */

const WHOLE = new Intl.NumberFormat()
const SECONDS = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
const CENTS = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' })
const PARTS_OF_CENTS = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 2,
})

export const count = (number: number): string => WHOLE.format(number)

/** Up to a second in milliseconds, then in seconds, then in minutes. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${SECONDS.format(milliseconds / 1000)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${count(Math.floor(seconds / 60))} min ${seconds % 60} s`
}

/** A tenth of a cent counts, where many of them come together. */
export function dollars(cost: number): string {
  return cost > 0 && cost < 0.1 ? PARTS_OF_CENTS.format(cost) : CENTS.format(cost)
}
