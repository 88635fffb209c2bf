/** A keyboard that counts: what is typed as text is free, every other key costs one, each key of a chord too. */
import type { Page } from '@playwright/test'

export class Keyboard {
  count = 0

  constructor(private readonly page: Page) {}

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  /** `Enter`, `Control+Enter`, … */
  async press(chord: string): Promise<void> {
    this.count += chord.split('+').length
    await this.page.keyboard.press(chord)
  }
}
