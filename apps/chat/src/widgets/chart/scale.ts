/** The values a chart's axis goes from and to, and the round numbers it names in between. */
export interface Axis {
  min: number
  max: number
  ticks: number[]
}

/** An axis with at most about `count` round steps that holds all values and zero. */
export function niceAxis(values: number[], count = 4): Axis {
  const low = values.reduce((least, value) => Math.min(least, value), 0)
  const high = values.reduce((most, value) => Math.max(most, value), 0)
  if (low === high) return { min: 0, max: 1, ticks: [0, 1] }
  const step = niceStep((high - low) / count)
  const first = Math.floor(low / step)
  const last = Math.ceil(high / step)
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)))
  return { min: first * step, max: last * step, ticks }
}

/** The smallest of 1, 2, 5 and their tenfolds that is not below `rough`. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10
  return step * power
}

/** Where a value lies between `from` and `to`. */
export function scaleTo({ min, max }: Axis, from: number, to: number): (value: number) => number {
  return (value) => from + ((value - min) / (max - min)) * (to - from)
}

/** Every how many names along the axis fit, so that none covers the next. */
export function tickStride(names: string[], width: number, letterWidth: number): number {
  const longest = names.reduce((most, name) => Math.max(most, Math.min(name.length, 14)), 1)
  const fitting = Math.max(1, Math.floor(width / (longest * letterWidth + 12)))
  return Math.max(1, Math.ceil(names.length / fitting))
}
