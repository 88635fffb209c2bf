/** Makes the demo company once; every server of the tests begins with a copy of it. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Where the seed lies, for the workers. */
export const SEED = 'SHUNDAN_E2E_SEED'

/** The program under test. */
export function program(): string {
  const path = process.env.SHUNDAN_BIN
  if (!path) throw new Error('SHUNDAN_BIN must name the program; `cargo xtask test --browser` sets it')
  return path
}

export default async function seed(): Promise<undefined | (() => Promise<void>)> {
  // While a test is being written, a seed made by hand saves the wait.
  if (process.env[SEED]) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'shundan-e2e-'))
  await promisify(execFile)(program(), ['demo', '--no-serve', '--data', join(folder, 'seed')])
  process.env[SEED] = join(folder, 'seed')
  return () => rm(folder, { recursive: true, force: true })
}
