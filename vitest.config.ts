/** How the tests are found and measured. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Shared machines are slow at times; a test that hangs is still ended.
    testTimeout: 60_000,
    expect: { requireAssertions: true },
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text', 'html'] },
  },
});
