// Runs inside QuickJS, before the code: what it finds there besides the language itself.
;(bridge) => {
  const { write, names, read, save } = bridge
  const MOST = 100
  const DEEPEST = 4

  const describe = (value, depth, seen) => {
    if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value)
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value === 'function') return `[Function ${value.name || 'anonymous'}]`
    if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
    if (value instanceof Error) return `${value}${value.stack ? `\n${value.stack}` : ''}`.trim()
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
    if (value instanceof RegExp) return String(value)
    if (seen.includes(value)) return '[Circular]'
    if (depth >= DEEPEST) return Array.isArray(value) ? '[Array]' : '[Object]'
    const inner = (one) => describe(one, depth + 1, [...seen, value])
    const list = (all, show) => {
      const shown = all.slice(0, MOST).map(show)
      return all.length > MOST ? [...shown, `… ${all.length - MOST} more`] : shown
    }
    if (Array.isArray(value) || ArrayBuffer.isView(value)) return `[${list(Array.from(value), inner).join(', ')}]`
    if (value instanceof Set) return `Set {${list([...value], inner).join(', ')}}`
    if (value instanceof Map)
      return `Map {${list([...value], ([key, one]) => `${inner(key)} => ${inner(one)}`).join(', ')}}`
    const entries = list(Object.entries(value), (entry) =>
      typeof entry === 'string' ? entry : `${entry[0]}: ${inner(entry[1])}`,
    )
    return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}'
  }
  const print = (...values) => write(`${values.map((value) => describe(value, 0, [])).join(' ')}\n`)
  globalThis.console = { log: print, info: print, debug: print, warn: print, error: print, table: print }

  // Nobody sees time pass in here: what is due later comes after what is due sooner, and nothing waits.
  let timers = []
  let count = 0
  let turning = false
  const turn = () => {
    timers.sort((one, other) => one.due - other.due || one.id - other.id)
    const next = timers.shift()
    if (!next) {
      turning = false
      return
    }
    if (next.every !== undefined) timers.push({ ...next, due: next.due + next.every })
    Promise.resolve()
      .then(() => next.work(...next.given))
      .finally(turn)
  }
  const later = (work, ms, given, every) => {
    const due = Math.max(0, Number(ms) || 0)
    timers.push({ id: ++count, due, every: every ? Math.max(1, due) : undefined, work, given })
    if (!turning) {
      turning = true
      Promise.resolve().then(turn)
    }
    return count
  }
  globalThis.setTimeout = (work, ms, ...given) => later(work, ms, given, false)
  globalThis.setInterval = (work, ms, ...given) => later(work, ms, given, true)
  globalThis.clearTimeout = globalThis.clearInterval = (id) => {
    timers = timers.filter((timer) => timer.id !== id)
  }

  const toName = (name) => String(name).replace(/^\/?files\//, '')
  const toBytes = (data) => {
    if (data instanceof ArrayBuffer) return data
    if (ArrayBuffer.isView(data)) return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)
    const utf8 = unescape(encodeURIComponent(typeof data === 'string' ? data : JSON.stringify(data, null, 2)))
    return Uint8Array.from(utf8, (character) => character.charCodeAt(0)).buffer
  }
  const find = (name) => {
    const found = read(toName(name))
    if (found === undefined)
      throw new Error(`There is no file "${name}". There are: ${JSON.parse(names()).join(', ') || 'none'}.`)
    return new Uint8Array(found)
  }
  globalThis.listFiles = () => JSON.parse(names())
  globalThis.readBytes = find
  globalThis.readText = (name) => {
    const bytes = find(name)
    let binary = ''
    for (let at = 0; at < bytes.length; at += 4096) binary += String.fromCharCode(...bytes.subarray(at, at + 4096))
    try {
      return decodeURIComponent(escape(binary))
    } catch {
      return binary
    }
  }
  globalThis.writeFile = (name, data) => save(toName(name), toBytes(data))

  return (value) => (value === undefined ? '' : describe(value, 0, []))
}
