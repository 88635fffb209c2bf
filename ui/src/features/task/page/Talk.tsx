import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '@/components/Card'
import { WholeInput } from '@/components/form/WholeInput'
import { When } from '@/components/When'
import type { Task } from '@/lib/api/types'
import { useTaskStep } from '../queries'

const SAYING = ['report', 'ask', 'answer'] as const
type Saying = (typeof SAYING)[number]

/** Everything that was said about it, and what the caller may say now. */
export function Talk({ task }: { task: Task }) {
  const { t } = useTranslation()
  const may = SAYING.filter(verb => task.actions.some(action => action.verb === verb && action.allowed))
  if (task.entries.length === 0 && may.length === 0) return null
  return (
    <Card title={t('task:talk.title')}>
      <ol className="plain-list task-talk">
        {task.entries.map(entry => (
          <li key={entry.id}>
            <div className="row soft">
              <span className={`task-entry ${entry.kind}`}>{entry.kind_name}</span>
              <span>{entry.by.name}</span>
              {entry.kind === 'report' && <span className="mono">{entry.percent}%</span>}
              <span className="grow" />
              <When instant={entry.at} />
            </div>
            {entry.text && <div className="pre">{entry.text}</div>}
          </li>
        ))}
      </ol>
      {may.length > 0 && <Say task={task} may={may} />}
    </Card>
  )
}

function Say({ task, may }: { task: Task; may: Saying[] }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Saying | null>(null)
  const [text, setText] = useState('')
  const [percent, setPercent] = useState(task.row.percent)
  const verb = chosen && may.includes(chosen) ? chosen : (may[0] ?? 'report')
  const step = useTaskStep<{ text: string; percent?: number }>(task.id, verb, { onDone: () => setText('') })
  const send = () => step.mutate(verb === 'report' ? { text: text.trim(), percent } : { text: text.trim() })
  return (
    <div className="task-say">
      {may.length > 1 && (
        <Segmented
          aria-label={t('task:talk.kind')}
          value={verb}
          options={may.map(value => ({ value, label: t(`task:verb.${value}`) }))}
          onChange={setChosen}
        />
      )}
      <Input.TextArea
        aria-label={t(`task:talk.${verb}`)}
        placeholder={t(`task:talk.${verb}`)}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={2000}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <div className="row">
        {verb === 'report' && (
          <WholeInput
            aria-label={t('task:field.percent')}
            max={100}
            step={5}
            suffix="%"
            value={percent}
            onChange={value => setPercent(value ?? 0)}
          />
        )}
        <span className="grow" />
        <Button type="primary" disabled={!text.trim()} loading={step.isPending} onClick={send}>
          {t(`task:verb.${verb}`)}
        </Button>
      </div>
    </div>
  )
}
