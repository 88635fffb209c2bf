import { expect, it } from 'vitest'
import { readAgent } from './agent'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

it('names browser and system', () => {
  expect(readAgent(CHROME)).toEqual({ browser: 'Chrome', system: 'Windows' })
  expect(readAgent(`${CHROME} Edg/140.0`)).toEqual({ browser: 'Edge', system: 'Windows' })
  expect(readAgent(SAFARI)).toEqual({ browser: 'Safari', system: 'iOS' })
})

it('leaves what is no browser as it is', () => {
  expect(readAgent('curl/8.5.0')).toBeNull()
  expect(readAgent('')).toBeNull()
})
