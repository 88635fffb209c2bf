import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { TaskRow } from '@/lib/api/types'
import { useCandidates } from './queries'

/** Asks to whom a dragged task goes, the best first with the reasons. */
export default function PickPerson(props: {
  task: TaskRow
  busy: boolean
  onPick: (id: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const candidates = useCandidates(props.task.id).data ?? []
  return (
    <Modal open footer={null} destroyOnHidden width={460} title={t('task:drag.pick')} onCancel={props.onClose}>
      <p className="soft">{t('task:drag.pick_text')}</p>
      <ol className="plain-list task-people-pick">
        {candidates.map((one, place) => (
          <li key={one.user.id}>
            <Button
              block
              type={place === 0 && one.fits ? 'primary' : 'default'}
              disabled={props.busy}
              aria-label={t('task:drag.to_person', { name: one.user.name })}
              onClick={() => props.onPick(one.user.id)}
            >
              {one.user.name} · {one.score}
            </Button>
            <div className="soft candidate-reasons">{one.reasons.join('；')}</div>
          </li>
        ))}
      </ol>
    </Modal>
  )
}
