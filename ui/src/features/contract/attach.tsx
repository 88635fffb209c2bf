import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { AttachmentUpload } from '@/components/Attachments'
import type { Contract } from '@/lib/api/types'
import { useContractStep } from './queries'

/** Keeps the signed contract as a file, by its hash. */
export default function Attach({ contract, onClose }: { contract: Contract; onClose: () => void }) {
  const { t } = useTranslation()
  const attach = useContractStep<{ attachment_id: string }>(contract, 'attach', onClose)
  return (
    <Modal
      open
      title={`${t('contract:verb.attach')} ${contract.number}`}
      footer={null}
      onCancel={onClose}
      loading={attach.isPending}
    >
      <p className="soft">{t('contract:follows.attach')}</p>
      <AttachmentUpload
        kind="contract"
        label={t('contract:upload')}
        camera
        onUploaded={file => attach.mutate({ attachment_id: file.id })}
      />
    </Modal>
  )
}
