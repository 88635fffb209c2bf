import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

/** Events that people choose from; the API takes every kind. */
const KINDS = [
  'QuotationOpened',
  'QuotationAccepted',
  'QuotationDeclined',
  'OrderSubmitted',
  'OrderReviewed',
  'OrderStepApproved',
  'OrderApproved',
  'OrderConfirmationSent',
  'OrderConfirmationOpened',
  'OrderSigned',
  'OrderCorrectionAsked',
  'OrderSignedCopyRefused',
  'OrderTookEffect',
  'OrderReturned',
  'OrderRejected',
  'OrderVoided',
  'OrderCancelled',
  'OrderHeld',
  'OrderResumed',
  'OrderReserved',
  'OrderReady',
  'OrderPromised',
  'OrderPromiseChanged',
  'OrderSlackAsked',
  'OrderSlackAgreed',
  'OrderSlackRefused',
  'ShortageChosen',
  'ShortageSettled',
  'OrderShipped',
  'ShipmentDelivered',
  'OrderInvoiced',
  'InvoiceVoided',
  'PaymentRecorded',
  'PaymentReversed',
  'RefundRecorded',
  'FollowUpCompleted',
  'OrderClosedShort',
  'ExceptionOpened',
  'ExceptionRedone',
  'ExceptionGivenUp',
  'QuestionAsked',
  'OrderClosed',
  'CustomerCreated',
  'CustomerEdited',
  'ProductCreated',
  'ProductEdited',
] as const

/** Which events a program or a group is told of. */
export function KindsField(props: { id?: string; value?: string[]; onChange?: (kinds: string[]) => void }) {
  const { t } = useTranslation()
  return (
    <Select
      id={props.id}
      mode="multiple"
      allowClear
      optionFilterProp="label"
      placeholder={t('notification:kinds.usual')}
      value={props.value}
      onChange={props.onChange}
      options={KINDS.map(value => ({ value, label: t(`notification:kinds.${value}`) }))}
    />
  )
}
