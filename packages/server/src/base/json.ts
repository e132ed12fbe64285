/** A copy that shares nothing with `value`, as JSON would carry it: `undefined` and functions are left out. */
export function cloneJson<Value>(value: Value): Value {
  return cloneAny(value) as Value // a copy has the type of what it copies
}

function cloneAny(value: unknown): unknown {
  if (value === 0) return 0 // JSON knows no -0
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((entry) => (isCarried(entry) ? cloneAny(entry) : null))
  if ('toJSON' in value && typeof value.toJSON === 'function') return value.toJSON()
  const copy: Record<string, unknown> = {}
  const source = value as Record<string, unknown> // an object, and no array
  for (const key of Object.keys(source)) {
    const entry = source[key]
    if (isCarried(entry)) setOwn(copy, key, cloneAny(entry))
  }
  return copy
}

/** A key named `__proto__` is data like any other; a plain assignment would change what the object inherits. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value
  else Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true })
}

const isCarried = (value: unknown) => value !== undefined && typeof value !== 'function' && typeof value !== 'symbol'

/** The value, which nobody can change any more, however deep. */
export function freezeJson<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const entry of Object.values(value)) freezeJson(entry)
  return Object.freeze(value)
}

/** Whether two values are the same JSON. A field that is `undefined` is a field that is missing. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    return one.every((entry, index) => sameJson(entry, other[index]))
  }
  const left = one as Record<string, unknown> // neither null nor an array: its fields can be read
  const right = other as Record<string, unknown>
  for (const key in left) if (!sameJson(left[key], right[key])) return false
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false
  return true
}

/** Whether a value is an object of JSON: neither null nor an array. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether `value` holds everything of `wanted`, at any depth of objects. */
export function holdsJson(value: unknown, wanted: unknown): boolean {
  if (!isObject(wanted)) return sameJson(value, wanted)
  return isObject(value) && Object.entries(wanted).every(([name, part]) => holdsJson(value[name], part))
}
