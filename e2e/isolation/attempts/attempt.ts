/** One thing somebody could try, with ids that may be anybody's. */
export interface Attempt {
  name: string
  method: string
  path: string
  body?: unknown
}

/** The same in short: its name is the rest. */
export type Tried = [method: string, path: string, body?: unknown]

/** What is tried below a path. */
export const attemptsAt = (base: string, tries: Tried[]): Attempt[] =>
  tries.map(([method, path, body]) => ({ name: `${method} ${path}`, method, path: base + path, body }))
