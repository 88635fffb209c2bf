import type { FormInstance } from 'antd'
import { ApiProblem } from '@/lib/api/problem'

/** `/contacts/0/phone` → `['contacts', 0, 'phone']`, as the form names its fields. */
export function namePath(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map(part => (/^\d+$/.test(part) ? Number(part) : part))
}

/** Puts the server's field errors at their fields; gives the messages that belong to none. */
export function placeErrors(form: FormInstance, error: unknown): string[] {
  if (!(error instanceof ApiProblem)) return []
  const loose: string[] = []
  const placed: { name: (string | number)[]; errors: string[] }[] = []
  for (const item of error.errors) {
    const name = namePath(item.pointer)
    if (name.length > 0 && form.getFieldInstance(name) !== undefined) placed.push({ name, errors: [item.message] })
    else if (name.length > 0 && form.getFieldValue(name) !== undefined) placed.push({ name, errors: [item.message] })
    else loose.push(item.message)
  }
  form.setFields(placed)
  const first = placed[0]
  if (first) form.scrollToField(first.name, { block: 'center', focus: true })
  return loose
}
