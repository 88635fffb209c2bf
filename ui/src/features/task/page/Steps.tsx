import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { When } from '@/components/When'
import type { Task } from '@/lib/api/types'
import { useTaskStep } from '../queries'

/** The plan: ticked off one after the other; who has the task adds steps of their own. */
export function Steps({ task }: { task: Task }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const tick = useTaskStep<{ no: number; done: boolean }>(task.id, 'tick', { silent: true })
  const may = (verb: string) => task.actions.some(action => action.verb === verb && action.allowed)
  const done = task.steps.filter(step => step.done_at).length
  if (task.steps.length === 0 && !may('plan')) return null
  return (
    <Card
      title={t('task:steps.title')}
      extra={
        <span className="soft mono">
          {done} / {task.steps.length} · {task.row.percent}%
        </span>
      }
    >
      <div className="task-progress" aria-hidden="true">
        <i style={{ width: `${task.row.percent}%` }} />
      </div>
      <ul className="task-steps">
        {task.steps.map(step => (
          <li key={step.no}>
            <Checkbox
              checked={step.done_at !== null}
              disabled={!may('tick') || tick.isPending}
              onChange={event => tick.mutate({ no: step.no, done: event.target.checked })}
            >
              <span className={step.done_at ? 'soft' : undefined}>{step.text}</span>
              {step.required && <span className="task-required"> {t('task:steps.required')}</span>}
            </Checkbox>
            {step.done_at && (
              <span className="soft">
                <When instant={step.done_at} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {may('plan') &&
        (adding ? (
          <Plan task={task} onClose={() => setAdding(false)} />
        ) : (
          <Button onClick={() => setAdding(true)}>{t('task:verb.plan')}</Button>
        ))}
    </Card>
  )
}

/** The steps of one's own, one a line. */
function Plan({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation()
  const own = task.steps.filter(step => !step.required && !step.done_at).map(step => step.text)
  const [text, setText] = useState(own.join('\n'))
  const plan = useTaskStep<{ steps: string[] }>(task.id, 'plan', { onDone: onClose })
  const steps = text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  return (
    <div className="stack">
      <Input.TextArea
        autoFocus
        aria-label={t('task:steps.own')}
        placeholder={t('task:steps.hint')}
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <div className="row dialog-foot">
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button type="primary" loading={plan.isPending} onClick={() => plan.mutate({ steps })}>
          {t('common:save')}
        </Button>
      </div>
    </div>
  )
}
