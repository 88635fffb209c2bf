/** The company's kinds of tasks and its list of skills. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { InactiveTag } from '@/components/ActiveButton'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { TableBox } from '@/components/TableBox'
import { get } from '@/lib/api/client'
import type { Skill, TaskKind, TaskOptions } from '@/lib/api/types'
import { currentLanguage } from '@/lib/i18n'
import { useCan } from '@/lib/session'
import { useUrlState } from '@/lib/url-state'

const KindForm = lazy(() => import('./KindForm').then(module => ({ default: module.KindForm })))
const SkillForm = lazy(() => import('./SkillForm').then(module => ({ default: module.SkillForm })))

/** Each person reads the name of their language. */
export function nameOf(record: { code: string; name: Record<'zh-CN' | 'zh-TW' | 'en', string> }): string {
  return record.name[currentLanguage()] || record.code
}

export function KindsPage({ above }: { above: ReactNode }) {
  const { t } = useTranslation()
  const [url, change] = useUrlState()
  const skills = useQuery({ queryKey: ['workers', 'skills'], queryFn: () => get<Skill[]>('/skills') })
  const kinds = useQuery({ queryKey: ['workers', 'kinds'], queryFn: () => get<TaskKind[]>('/task-kinds') })
  const options = useQuery({
    queryKey: ['workers', 'options'],
    queryFn: () => get<TaskOptions>('/tasks/options'),
  }).data
  if (skills.isPending || kinds.isPending) return <PageSkeleton />
  if (skills.isError || kinds.isError) {
    const retry = () => void Promise.all([skills.refetch(), kinds.refetch()])
    return <ErrorState error={skills.error ?? kinds.error} onRetry={retry} />
  }
  const close = () => change({ kind: null, skill: null })
  return (
    <div className="page">
      <PageHead title={t('task:tab.kinds')} />
      {above}
      <div className="main-column">
        <Kinds kinds={kinds.data} skills={skills.data} options={options} onOpen={code => change({ kind: code })} />
        <Skills skills={skills.data} onOpen={code => change({ skill: code })} />
      </div>
      <Suspense fallback={null}>
        {url.kind && options && (
          <KindForm
            key={url.kind}
            kind={kinds.data.find(one => one.code === url.kind) ?? null}
            options={options}
            onClose={close}
          />
        )}
        {url.skill && (
          <SkillForm key={url.skill} skill={skills.data.find(one => one.code === url.skill) ?? null} onClose={close} />
        )}
      </Suspense>
    </div>
  )
}

function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="small" icon={<PlusOutlined />} onClick={onClick}>
      {label}
    </Button>
  )
}

interface KindsProps {
  kinds: TaskKind[]
  skills: Skill[]
  options: TaskOptions | undefined
  onOpen: (code: string) => void
}

function Kinds({ kinds, skills, options, onOpen }: KindsProps) {
  const { t } = useTranslation()
  const mayEdit = useCan('company.edit')
  const skillNames = (kind: TaskKind) =>
    kind.skills
      .map(code => skills.find(skill => skill.code === code))
      .filter(skill => skill !== undefined)
      .map(nameOf)
      .join('、')
  const role = (code: string) => options?.roles.find(one => one.code === code)?.name ?? t('task:anyone')
  return (
    <Card
      title={t('task:kinds.title')}
      flush
      extra={mayEdit && <AddButton label={t('task:kinds.new')} onClick={() => onOpen('+')} />}
    >
      <TableBox label={t('task:kinds.title')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('task:kinds.name')}</th>
              <th scope="col">{t('task:field.skills')}</th>
              <th scope="col">{t('task:field.role')}</th>
              <th scope="col" className="num">
                {t('task:field.planned_minutes')}
              </th>
              <th scope="col" className="num">
                {t('task:kinds.due_hours')}
              </th>
              <th scope="col">{t('task:field.priority')}</th>
              <th scope="col">{t('task:kinds.checklist')}</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(kind => (
              <tr key={kind.code}>
                <td>
                  <span className="row">
                    {mayEdit ? (
                      <button type="button" className="plain-button" onClick={() => onOpen(kind.code)}>
                        {nameOf(kind)}
                      </button>
                    ) : (
                      nameOf(kind)
                    )}
                    <InactiveTag active={kind.active} />
                  </span>
                </td>
                <td>{skillNames(kind) || '–'}</td>
                <td>{role(kind.role)}</td>
                <td className="num">{kind.planned_minutes}</td>
                <td className="num">{kind.due_hours || '–'}</td>
                <td>{t(`task:priority.${kind.priority}`)}</td>
                <td>{kind.checklist.join('；') || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </Card>
  )
}

function Skills({ skills, onOpen }: { skills: Skill[]; onOpen: (code: string) => void }) {
  const { t } = useTranslation()
  const mayEdit = useCan('worker.edit')
  return (
    <Card
      title={t('task:skills.title')}
      extra={mayEdit && <AddButton label={t('task:skills.new')} onClick={() => onOpen('+')} />}
    >
      <div className="row wrap">
        {skills.map(skill => (
          <button
            key={skill.code}
            type="button"
            className="chip"
            disabled={!mayEdit}
            onClick={() => onOpen(skill.code)}
          >
            {nameOf(skill)} <span className="soft">{skill.code}</span>
            <InactiveTag active={skill.active} />
          </button>
        ))}
      </div>
    </Card>
  )
}
