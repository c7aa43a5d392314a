import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    isolate: false,
    setupFiles: ['test/secrets/watch.ts', 'test/answers/record.ts'],
    testTimeout: 30_000,
  },
})
