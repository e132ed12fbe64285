import { defineConfig } from 'vitest/config'

/** Whole programs against each other: real clients, a real browser, a real server. One file at a time: they share a machine. */
export default defineConfig({
  resolve: { conditions: ['parley-source'] },
  ssr: { resolve: { conditions: ['parley-source'] } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    // A real browser on a busy machine may miss a beat; what fails three times is broken. A retry is shown in the report.
    retry: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['e2e/browser/**/*.test.ts'],
          // All in one process: each file would spend seconds on loading the same servers and clients again.
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'programs',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/browser/**'],
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
