import { existsSync } from 'node:fs'
import type { PlaywrightTestConfig } from '@playwright/test'

// The machine's own Chromium; nothing is ever downloaded. GEWU_CHROMIUM names another.
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env.GEWU_CHROMIUM ?? places.find(existsSync)
if (!executablePath) {
  throw new Error(
    `No Chromium found at ${places.join(', ')}: install the package chromium, or set GEWU_CHROMIUM.`,
  )
}

export const browser: NonNullable<PlaywrightTestConfig['use']> = {
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  viewport: { width: 1366, height: 768 },
  trace: 'off',
  launchOptions: {
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
}

export const desk = { width: 1366, height: 768 }
export const phone = { width: 390, height: 844 }
