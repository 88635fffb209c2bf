/**
 * What every browser test has: a server of its own for each file, people who are signed in, and eyes on the console.
 *
 * A test fails when a page writes an error to the console, throws, or gets an answer of 400 and above that the test did not announce
 * with `test.use({ refusals: [422] })`.
 */
import { type Browser, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import { Api } from './api'
import { PEOPLE, type Person } from './people'
import { type Server, start } from './server'

type State = Awaited<ReturnType<import('@playwright/test').BrowserContext['storageState']>>

/** One server for the file that is running; the next file gets another. */
class Servers {
  private running: { file: string; server: Server; states: Map<Person, State> } | null = null

  async of(file: string): Promise<{ server: Server; states: Map<Person, State> }> {
    if (this.running?.file !== file) {
      await this.stop()
      this.running = { file, server: await start(), states: new Map() }
    }
    return this.running
  }

  async stop(): Promise<void> {
    await this.running?.server.stop()
    this.running = null
  }
}

/** What goes wrong in a page without anybody seeing it. */
class Console {
  readonly errors: string[] = []

  constructor(private readonly refusals: number[]) {}

  watch(page: Page): void {
    page.on('pageerror', error => this.errors.push(`${page.url()}: ${error.stack ?? error.message}`))
    page.on('console', message => {
      if (message.type() !== 'error' && message.type() !== 'warning') return
      const status = /status of (\d{3})/.exec(message.text())?.[1]
      if (status && this.refusals.includes(Number(status))) return
      this.errors.push(`${page.url()}: ${message.text()} (${message.location().url})`)
    })
  }
}

interface Given {
  /** Statuses of 400 and above that the test provokes. */
  refusals: number[]
}

interface Offered {
  /** Address of the server. */
  url: string
  /** A page of somebody who is signed in, in a browser profile of their own. */
  as: (person: Person, options?: BrowserContextOptions) => Promise<Page>
  /** The API as somebody uses it. */
  api: (person: Person) => Promise<Api>
  console: Console
}

interface OfWorker {
  servers: Servers
}

/** Enters by the card of the demo, which is the way a person would take. */
async function enter(page: Page, person: Person): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: new RegExp(`${PEOPLE[person]}.*${person}$`) }).click()
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible()
}

async function open(browser: Browser, options: BrowserContextOptions, console: Console): Promise<Page> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  console.watch(page)
  return page
}

export const test = base.extend<Given & Offered, OfWorker>({
  refusals: [[], { option: true }],
  servers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
    async ({}, use) => {
      const servers = new Servers()
      await use(servers)
      await servers.stop()
    },
    { scope: 'worker' },
  ],
  url: async ({ servers }, use, info) => {
    await use((await servers.of(info.file)).server.url)
  },
  baseURL: async ({ url }, use) => {
    await use(url)
  },
  console: async ({ refusals }, use) => {
    const watched = new Console(refusals)
    await use(watched)
    expect(watched.errors, 'what pages wrote to the console').toEqual([])
  },
  page: async ({ page, console }, use) => {
    console.watch(page)
    await use(page)
  },
  as: async (
    { browser, contextOptions, viewport, hasTouch, isMobile, locale, timezoneId, servers, url, console },
    use,
    info,
  ) => {
    const { states } = await servers.of(info.file)
    const opened: Page[] = []
    await use(async (person, options = {}) => {
      const storageState = states.get(person)
      const shared = { ...contextOptions, viewport, hasTouch, isMobile, locale, timezoneId, baseURL: url }
      const page = await open(browser, { ...shared, acceptDownloads: true, ...options, storageState }, console)
      opened.push(page)
      if (!storageState) {
        await enter(page, person)
        states.set(person, await page.context().storageState())
      }
      return page
    })
    for (const page of opened) await page.context().close()
  },
  api: async ({ url }, use) => {
    await use(person => Api.as(url, person))
  },
})

/** Makes what the file's tests begin with, once for its server. */
export function arrange(make: (api: (person: Person) => Promise<Api>) => Promise<void>): void {
  test.beforeAll(async ({ servers }, info) => {
    const { server } = await servers.of(info.file)
    await make(person => Api.as(server.url, person))
  })
}

export { expect }
