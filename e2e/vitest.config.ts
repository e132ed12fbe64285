import { defineConfig } from 'vitest/config'

/** Whole programs against each other: real clients, a real browser, a real server. One file at a time: they share a machine. */
export default defineConfig({
  resolve: { conditions: ['parley-source'] },
  ssr: { resolve: { conditions: ['parley-source'] } },
  test: {
    include: ['e2e/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    // A real browser on a busy machine may miss a beat; what fails three times is broken. A retry is shown in the report.
    retry: 2,
  },
})
