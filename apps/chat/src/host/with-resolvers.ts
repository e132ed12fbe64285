/** Promise.withResolvers, which browsers of two years ago lack. */
export function withResolvers<Value>() {
  let resolve!: (value: Value) => void // assigned before the constructor returns
  const promise = new Promise<Value>((fulfil) => {
    resolve = fulfil
  })
  return { promise, resolve }
}
