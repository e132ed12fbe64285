/** Parts of a form, at most. */
const MOST_PARTS = 1000
/** What stands before the bytes of a part, at most. */
const MOST_HEAD_BYTES = 16 * 1024

const [CR, LF, DASH] = [13, 10, 45]

/**
 * Reads `multipart/form-data` as all kinds of clients write it: names in quotes or without, the name of a file in
 * `filename*` too, as .NET does. A file whose part does not say what it is has the type `''`; a part that has a name of a
 * file, be it an empty one, is a file. `undefined`: it is no such form, or it was cut off.
 *
 * Source: RFC 7578, and the escapes of the HTML standard, "Multipart form data".
 */
export function parseForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): FormData | undefined {
  const boundary = parametersOf(contentType).get('boundary')
  if (!boundary) return undefined
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`)
  const form = new FormData()
  let place = afterFirst(bytes, delimiter)
  for (let parts = 0; place !== undefined && parts <= MOST_PARTS; parts++) {
    if (bytes[place] === DASH && bytes[place + 1] === DASH) return form
    const start = nextLine(bytes, place)
    const end = start === undefined ? -1 : indexOf(bytes, delimiter, start)
    if (end < 0 || !addPart(form, bytes.subarray(start, end))) return undefined
    place = end + delimiter.length
  }
  return undefined
}

/** Behind the first delimiter, which has no line before it unless somebody wrote one. */
function afterFirst(bytes: Uint8Array, delimiter: Uint8Array): number | undefined {
  const isFirst = delimiter.subarray(2).every((byte, index) => bytes[index] === byte)
  if (isFirst) return delimiter.length - 2
  const place = indexOf(bytes, delimiter, 0)
  return place < 0 ? undefined : place + delimiter.length
}

/** Behind the end of a line of which nothing but blanks is left. */
function nextLine(bytes: Uint8Array, from: number): number | undefined {
  let place = from
  while (bytes[place] === 32 || bytes[place] === 9) place++
  return bytes[place] === CR && bytes[place + 1] === LF ? place + 2 : undefined
}

function addPart(form: FormData, part: Uint8Array<ArrayBuffer>): boolean {
  const headEnd = indexOf(part.subarray(0, MOST_HEAD_BYTES), END_OF_HEAD, 0)
  if (headEnd < 0) return false
  const headers = new Map(
    new TextDecoder()
      .decode(part.subarray(0, headEnd))
      .split('\r\n')
      .map((line) => {
        const [name = '', ...rest] = line.split(':')
        return [name.trim().toLowerCase(), rest.join(':').trim()]
      }),
  )
  const told = parametersOf(headers.get('content-disposition') ?? '')
  const name = told.get('name')
  if (name === undefined) return false
  const content = part.subarray(headEnd + END_OF_HEAD.length)
  const filename = decodeExtended(told.get('filename*')) ?? told.get('filename')
  if (filename === undefined) form.append(name, new TextDecoder().decode(content))
  else form.append(name, new File([content], filename, { type: headers.get('content-type') ?? '' }))
  return true
}

const END_OF_HEAD = new TextEncoder().encode('\r\n\r\n')

/** What follows a header's value: `; name="value"; name=value`. */
function parametersOf(header: string): Map<string, string> {
  const all = [...header.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:\\"|[^"])*)"|([^;\s]*))/g)]
  return new Map(all.map(([, name = '', quoted, bare = '']) => [name.toLowerCase(), unescaped(quoted ?? bare)]))
}

/** What may not stand between quotes is written otherwise: by browsers in percents, by others behind a backslash. */
const unescaped = (value: string) =>
  value
    .replaceAll('\\"', '"')
    .replace(/%(22|0d|0a)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** `utf-8''a%20name.txt`. Source: RFC 5987. */
function decodeExtended(value: string | undefined): string | undefined {
  const [, encoded] = /^utf-8'[^']*'(.*)$/i.exec(value ?? '') ?? []
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded)
  } catch {
    return undefined // not encoded after all: the plain name is there as well
  }
}

/** Reads each byte about once, whatever somebody sends: nothing that fits begins within what fitted in part. */
function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const [first = 0] = wanted
  const again = wanted.indexOf(first, 1)
  let place = bytes.indexOf(first, from)
  while (place >= 0) {
    let matched = 1
    while (matched < wanted.length && bytes[place + matched] === wanted[matched]) matched++
    if (matched === wanted.length) return place
    place += again < 0 ? matched : Math.min(matched, again)
    if (bytes[place] !== first) place = bytes.indexOf(first, place)
  }
  return -1
}
