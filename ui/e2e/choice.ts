/** What Ant Design's select offers: the rows one sees, not the hidden ones it keeps for screen readers. */
import type { Locator, Page } from '@playwright/test'

export function choice(page: Page, text: string | RegExp): Locator {
  return page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .filter({ hasText: text })
}
