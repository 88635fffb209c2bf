import type { FieldError, Gate, Problem } from './types'

/** A refusal or failure of the API as RFC 9457 tells it; the only error the client throws. */
export class ApiProblem extends Error {
  readonly status: number
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly errors: FieldError[]
  readonly gates: Gate[]

  constructor(problem: Pick<Problem, 'type' | 'title' | 'status'> & Partial<Problem>) {
    super(problem.detail || problem.title)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.type = problem.code || problem.type
    this.title = problem.title
    this.detail = problem.detail ?? ''
    this.errors = problem.errors ?? []
    this.gates = problem.gates ?? []
  }

  /** True where trying the same again can help: no answer, or a server that is busy or broken. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** Reads a problem document from an answer that was not a success; anything else becomes one with the HTTP status. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text().catch(() => '')
  if (text.startsWith('{')) {
    try {
      const body = JSON.parse(text) as Partial<Problem>
      if (body.title || body.detail) {
        return new ApiProblem({ type: 'about:blank', title: response.statusText, ...body, status: response.status })
      }
    } catch {
      // Not JSON after all: told by its status below.
    }
  }
  return new ApiProblem({ type: `http-${response.status}`, title: `HTTP ${response.status}`, status: response.status })
}

/** The errors of a problem by JSON pointer, the first one of each field. */
export function errorsByPointer(error: unknown): Map<string, string> {
  const found = new Map<string, string>()
  if (error instanceof ApiProblem) {
    for (const item of error.errors) if (!found.has(item.pointer)) found.set(item.pointer, item.message)
  }
  return found
}
