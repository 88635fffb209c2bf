/** A server of its own, with a fresh copy of the demo company, on a port the system chose. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { program, SEED } from './seed'

export interface Server {
  url: string
  stop: () => Promise<void>
}

/** The address the program prints when it listens. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = ''
    const read = (chunk: Buffer) => {
      said += chunk.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (url) found(url)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', failed)
    child.once('exit', code => failed(new Error(`the server ended with ${code} before it listened:\n${said}`)))
  })
}

/** Answers once the server does. */
async function healthy(url: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const well = await fetch(`${url}/healthz`).then(
      answer => answer.ok,
      () => false,
    )
    if (well) return
    if (Date.now() > deadline) throw new Error(`${url}/healthz does not answer`)
  }
}

export async function start(): Promise<Server> {
  const seed = process.env[SEED]
  if (!seed) throw new Error('the seed is missing')
  const folder = await mkdtemp(join(tmpdir(), 'shundan-e2e-'))
  const data = join(folder, 'data')
  await cp(seed, data, { recursive: true })
  const child = spawn(program(), ['demo', '--listen', '127.0.0.1:0', '--data', data, '--log', 'warn'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const url = await address(child)
  await healthy(url)
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
