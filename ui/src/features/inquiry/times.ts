/** Times of promises as the browser's field has them: local, without a zone. */

/** The local time in so many hours. */
export function inHours(hours: number): string {
  return localOf(new Date(Date.now() + hours * 3_600_000))
}

/** An instant as the browser's field wants it. */
export function localOf(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** What the field says, as the server wants it; nothing where it says nothing. */
export function instantOf(local: string): string | null {
  const at = local ? new Date(local) : null
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : null
}

/** Times often promised, in hours. */
export const QUICK = [1, 2, 4, 24] as const
