// What goes into and comes out of the sandbox: one line of JSON, then the bytes of the files it names.

/** @returns {Uint8Array} */
export function encodePacket(head, files) {
  const named = files.map(({ name, data }) => ({ name, size: data.byteLength }))
  const line = Buffer.from(`${JSON.stringify({ ...head, files: named })}\n`)
  return Buffer.concat([line, ...files.map(({ data }) => data)])
}

/** The head of a packet, unchecked, and the bytes behind it; `null` when there is no whole line. */
export function splitPacket(bytes) {
  const end = bytes.indexOf(10)
  if (end < 0) return null
  return { head: JSON.parse(Buffer.from(bytes.subarray(0, end)).toString('utf8')), rest: bytes.subarray(end + 1) }
}

/** The files a packet's head names, cut from the bytes behind it. */
export function cutFiles(named, rest) {
  let at = 0
  return named.map(({ name, size }) => {
    const data = rest.subarray(at, at + size)
    at += size
    return { name, data }
  })
}
