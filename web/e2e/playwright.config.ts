import { defineConfig } from '@playwright/test'
import { browser } from './browser'

// From end to end: the program and its pages, as an office gets them. Needs bin/gewu with web/dist inside.
export default defineConfig({
  testDir: './office',
  outputDir: '../test-results/office',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 }, // two slow cores are no fault of a page
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: browser,
})
