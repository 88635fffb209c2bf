import { expect, test } from 'vitest'
import { reach } from './reach'

/** PTY-05 */
test('nobody is called at a masked number', () => {
  expect(reach('tel', '13812345678')).toBe('tel:13812345678')
  expect(reach('mailto', 'z@x.com')).toBe('mailto:z@x.com')
  for (const masked of ['138****5678', '****', 'z***@x.com', '']) expect(reach('tel', masked)).toBeUndefined()
})
