/**
 * Browser tests of the main paths, and the pictures of the documentation. Both run against the program itself, started with its demo company;
 * `SHUNDAN_BIN` names the program, `CHROMIUM` the browser.
 */
import { defineConfig, type Project } from '@playwright/test'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1 }

const tests: Project[] = [
  { name: 'desktop', testIgnore: ['**/*.phone.spec.ts', '**/*.measure.spec.ts', '**/screenshots.spec.ts'] },
  { name: 'phone', testMatch: '**/*.phone.spec.ts', use: phone },
]
const measures: Project[] = [{ name: 'measure', testMatch: '**/*.measure.spec.ts' }]
const pictures: Project[] = [{ name: 'screenshots', testMatch: '**/screenshots.spec.ts' }]

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/seed.ts',
  outputDir: 'test-results',
  // One file is one server; two of them and two browsers are what a small machine carries.
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--font-render-hinting=none',
      ],
    },
  },
  projects: [
    ...tests,
    ...(process.env.SHUNDAN_MEASURE ? measures : []),
    ...(process.env.SHUNDAN_SCREENSHOTS ? pictures : []),
  ],
})
