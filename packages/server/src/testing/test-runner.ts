/** What a conformance suite needs of a test runner; Vitest's, Jest's and compatible ones have it. */
export interface TestRunner {
  describe(name: string, define: () => void): void
  it(name: string, test: () => Promise<void>): void
  expect(actual: unknown): { toEqual(expected: unknown): void }
}

/** The `ParleyError` code a call fails with, or `undefined` when it does not fail. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
    return undefined
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown ? thrown.code : thrown
  }
}
