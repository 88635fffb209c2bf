import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '@/lib/format'
import { Notice } from '../Notice'

/** What stands above the fields of a form: the draft that was restored, and what the server refused. */
export function FormAlerts(props: { draftAt: string | null; onDiscard: () => void; problem: string[] }) {
  const { t } = useTranslation()
  return (
    <>
      {props.draftAt && (
        <Notice
          className="gap-below"
          type="info"
          showIcon
          title={t('common:draft.restored', { at: formatInstant(props.draftAt) })}
          action={
            <Button size="small" onClick={props.onDiscard}>
              {t('common:draft.discard')}
            </Button>
          }
        />
      )}
      {props.problem.length > 0 && (
        <Notice
          className="gap-below"
          type="error"
          showIcon
          role="alert"
          title={props.problem.map(text => <div key={text}>{text}</div>)}
        />
      )}
    </>
  )
}
