import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { Pick } from '@/components/Pick'

/** Asks with which other file one is to be merged. */
export default function ChooseOther({ onClose, onChosen }: { onClose: () => void; onChosen: (id: string) => void }) {
  const { t } = useTranslation()
  return (
    <Modal open title={t('customer:merge.title')} onCancel={onClose} footer={null} width={460} destroyOnHidden>
      <Pick
        kind="customer"
        label={t('customer:merge.other')}
        placeholder={t('customer:merge.other')}
        autoFocus
        onChange={id => id && onChosen(id)}
      />
    </Modal>
  )
}
