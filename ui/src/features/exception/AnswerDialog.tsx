import { Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import ReasonForm from '@/components/ReasonForm'
import { type ExceptionAnswer, GOODS, type OrderException, useStep } from './queries'
import { partsOf } from './tags'

/** Answers an exception: what becomes of its goods, and why. */
export default function AnswerDialog(props: {
  exception: OrderException
  verb: 'redo' | 'give-up'
  onClose: () => void
}) {
  const { exception, verb, onClose } = props
  const { t } = useTranslation()
  const [goods, setGoods] = useState<(typeof GOODS)[number]>('good')
  const step = useStep<ExceptionAnswer>(`/exceptions/${exception.id}/${verb}`, t(`exception:${verb}.done`), onClose)
  const parts = partsOf(exception)
  const consequence = exception.lines.length === 0 ? `exception:${verb}.paper` : `exception:${verb}.goods`
  return (
    <ReasonForm
      title={t(`exception:${verb}.title`, { number: exception.number })}
      confirm={t(`exception:${verb}.verb`)}
      danger={verb === 'give-up'}
      consequences={[
        t(consequence, { parts }),
        ...(exception.takes_back ? [t(`exception:goods_text.${goods}`, { parts })] : []),
      ]}
      suggestions={[t(`exception:${verb}.reason.customer`), t(`exception:${verb}.reason.house`)]}
      busy={step.isPending}
      onSubmit={reason => step.mutate({ reason, ...(exception.takes_back && { goods }) })}
      onClose={onClose}
    >
      {exception.takes_back && (
        <div className="gap-below">
          <div className="soft" id="exception-goods">
            {t('exception:field.goods')}
          </div>
          <Radio.Group
            aria-labelledby="exception-goods"
            value={goods}
            onChange={event => setGoods(event.target.value)}
            options={GOODS.map(value => ({ value, label: t(`exception:goods.${value}`) }))}
          />
        </div>
      )}
    </ReasonForm>
  )
}
