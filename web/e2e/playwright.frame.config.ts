import { defineConfig } from '@playwright/test'
import { browser } from './browser'

// The frame and the building blocks, built, under the real Content-Security-Policy, with a made-up API.
const port = 4199
export default defineConfig({
  testDir: './frame',
  outputDir: '../test-results/frame',
  workers: 1,
  timeout: 30_000,
  reporter: [['list']],
  use: { ...browser, baseURL: `http://127.0.0.1:${port}` },
  webServer: {
    command: `npx vite build --mode frame --logLevel warn && npx vite preview --mode frame --outDir .frame --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: '..',
    url: `http://127.0.0.1:${port}/favicon.svg`,
    timeout: 60_000,
  },
})
