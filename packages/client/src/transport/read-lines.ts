/** The lines of a text as it arrives, without the empty ones. */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let parts: string[] = []
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const [first = '', ...others] = decoder.decode(next.value, { stream: true }).split('\n')
      parts.push(first)
      for (const line of others) {
        const whole = parts.join('')
        if (whole !== '') yield whole
        parts = [line]
      }
    }
    const last = parts.join('') + decoder.decode()
    if (last !== '') yield last
  } finally {
    await reader.cancel()
  }
}
