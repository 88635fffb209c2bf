import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OrderException } from './queries'

/** The two answers to an exception; who may not give them is told so. */
export function AnswerButtons(props: {
  exception: OrderException
  may: boolean
  onAnswer: (verb: 'redo' | 'give-up') => void
}) {
  const { t } = useTranslation()
  const why = props.may ? undefined : t('exception:may_not')
  return (
    <Tooltip title={why}>
      <span className="row">
        <Button size="small" type="primary" disabled={!props.may} onClick={() => props.onAnswer('redo')}>
          {t('exception:redo.verb')}
        </Button>
        <Button size="small" disabled={!props.may} onClick={() => props.onAnswer('give-up')}>
          {t('exception:give-up.verb')}
        </Button>
      </span>
    </Tooltip>
  )
}
