import { defineConfig } from 'vitest/config'

/** Unit tests stand beside the files they test and read TypeScript sources of the other packages directly. */
export default defineConfig({
  resolve: { conditions: ['parley-source'] },
  ssr: { resolve: { conditions: ['parley-source'] } },
  test: {
    include: [
      'packages/**/*.test.ts',
      'packages/**/*.test.tsx',
      'apps/**/*.test.ts',
      'apps/**/*.test.tsx',
      'scripts/**/*.test.ts',
    ],
    testTimeout: 20_000,
  },
})
