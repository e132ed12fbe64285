import { defineConfig } from 'vitest/config'

/** Whole programs against each other: real clients, a real browser, a real server. Two files at a time: most of it is waiting. */
export default defineConfig({
  resolve: { conditions: ['parley-source'] },
  ssr: { resolve: { conditions: ['parley-source'] } },
  test: {
    // How long something that never comes is waited for. On a busy machine what comes may take long: no test is about that.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    // A real browser on a busy machine may miss a beat; what fails three times is broken. A retry is shown in the report.
    retry: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['e2e/browser/**/*.test.ts'],
          // Not a process each: every file would spend seconds on loading the same servers and clients again.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'programs',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/browser/**'],
        },
      },
    ],
  },
})
