import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { keyCaps, useShortcutList } from '@/lib/keyboard'
import './components.css'

/** Every key that does something on this page. */
export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const list = useShortcutList()
  const unique = [...new Map(list.map(item => [item.keys, item])).values()]
  return (
    <Modal open onCancel={onClose} footer={null} title={t('keys:help')} width={420}>
      <dl className="key-list">
        {unique.map(item => [
          <dt key={item.keys}>{t(item.label)}</dt>,
          <dd key={`${item.keys}-caps`}>
            {keyCaps(item.keys).map(cap => (
              <kbd key={cap}>{cap}</kbd>
            ))}
          </dd>,
        ])}
      </dl>
    </Modal>
  )
}
