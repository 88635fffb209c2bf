/** A hand that counts: each click, choice or key is one interaction. */
import type { Locator } from '@playwright/test'

export class Hand {
  count = 0

  async click(target: Locator): Promise<void> {
    this.count += 1
    await target.click()
  }
}
