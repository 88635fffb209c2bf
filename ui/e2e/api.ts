/** The API as a program uses it: makes what a test needs before it looks at pages. */
import { randomUUID } from 'node:crypto'
import { COMPANY, PASSWORD, type Person } from './people'

type Json = Record<string, unknown>

export class Api {
  private constructor(
    private readonly url: string,
    private readonly cookie: string,
    private readonly csrf: string,
  ) {}

  /** Somebody of the demo company. */
  static async as(url: string, username: Person): Promise<Api> {
    return Api.in(url, { company: COMPANY, username, password: PASSWORD })
  }

  /** Somebody of any company. */
  static async in(url: string, who: { company: string; username: string; password: string }): Promise<Api> {
    const answer = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(who),
    })
    if (!answer.ok) throw new Error(`${who.username} cannot sign in: ${answer.status} ${await answer.text()}`)
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    const session = (await answer.json()) as { csrf_token: string }
    return new Api(url, cookie, session.csrf_token)
  }

  async get<T>(path: string): Promise<T> {
    return this.ask<T>('GET', path)
  }

  async post<T>(path: string, body: Json = {}): Promise<T> {
    return this.ask<T>('POST', path, body)
  }

  /** What is done with a version of something: refused when somebody else was faster. */
  async act<T>(path: string, version: number, body: Json): Promise<T> {
    return this.ask<T>('POST', path, body, { 'if-match': `"${version}"` })
  }

  async put<T>(path: string, version: number, body: Json): Promise<T> {
    return this.ask<T>('PUT', path, body, { 'if-match': `"${version}"` })
  }

  async remove(path: string): Promise<void> {
    await this.ask('DELETE', path)
  }

  private async ask<T>(method: string, path: string, body?: Json, more: Record<string, string> = {}): Promise<T> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'accept-language': 'zh-CN',
        'x-csrf-token': this.csrf,
        cookie: this.cookie,
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...more,
      },
      body: body && JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }
}
