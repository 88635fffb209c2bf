import { Button, Form, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/components/form/FormDialog'
import { requiredRule } from '@/components/form/rules'
import { post } from '@/lib/api/client'
import type { Language, OfferSent, Quotation, QuotationOffers } from '@/lib/api/types'
import { LANGUAGES } from '@/lib/i18n'
import { useMessage } from '@/lib/message'
import { useOffers, useRefreshQuotations } from './queries'

interface Values {
  way: 'email' | 'link'
  to: string
  language: Language
}

interface Props {
  quotation: Quotation
  onClose: () => void
}

/** Sends the quotation to its customer: by e-mail, or by a link to hand over. */
export default function SendOffer(props: Props) {
  const found = useOffers(props.quotation.id)
  return found.data ? <Loaded {...props} known={found.data} /> : null
}

function Loaded({ quotation, known, onClose }: Props & { known: QuotationOffers }) {
  const { t } = useTranslation()
  const message = useMessage()
  const refresh = useRefreshQuotations()
  const [form] = Form.useForm<Values>()
  const [way, setWay] = useState<Values['way']>(known.mail_ready && known.to ? 'email' : 'link')
  const [path, setPath] = useState('')
  const submit = async (values: Values) => {
    const body = { ...values, to: values.to ?? '' }
    const answer = await post<OfferSent>(`/quotations/${quotation.id}/offer`, body, { version: quotation.version })
    refresh()
    if (values.way === 'link' && answer.link_path) setPath(answer.link_path)
    else {
      void message.success(t('quotation:did.offer'))
      onClose()
    }
  }
  if (path) return <Handover number={quotation.number} path={path} onClose={onClose} />
  return (
    <FormDialog<Values>
      title={t('quotation:offer.send', { number: quotation.number })}
      draftKey={null}
      width={520}
      form={form}
      initial={{ way, to: known.to, language: known.language as Language }}
      submitLabel={t('quotation:offer.submit')}
      onChange={changed => {
        if (changed.way) setWay(changed.way)
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="way" label={t('quotation:offer.way')}>
        <Radio.Group>
          <Radio.Button value="email" disabled={!known.mail_ready}>
            {t('quotation:offer.email_way')}
          </Radio.Button>
          <Radio.Button value="link">{t('quotation:offer.link_way')}</Radio.Button>
        </Radio.Group>
      </Form.Item>
      <p className="soft">{t(known.mail_ready ? `quotation:offer.help_${way}` : 'quotation:offer.no_mail')}</p>
      {known.items.some(item => item.status === 'sent') && <p className="soft">{t('quotation:offer.again')}</p>}
      {way === 'email' && (
        <Form.Item name="to" label={t('quotation:offer.email')} rules={[requiredRule(t)]}>
          <Input maxLength={200} inputMode="email" />
        </Form.Item>
      )}
      <Form.Item name="language" label={t('quotation:offer.language')}>
        <Select options={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))} />
      </Form.Item>
    </FormDialog>
  )
}

/** The link is shown this once: only its hash is kept. */
function Handover({ number, path, onClose }: { number: string; path: string; onClose: () => void }) {
  const { t } = useTranslation()
  const message = useMessage()
  const link = `${window.location.origin}${path}`
  const copy = async () => {
    await navigator.clipboard.writeText(link)
    void message.success(t('quotation:offer.copied'))
  }
  return (
    <Modal
      open
      title={t('quotation:offer.link', { number })}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={() => void copy()}>
          {t('quotation:offer.copy')}
        </Button>
      }
    >
      <p>{t('quotation:offer.once')}</p>
      <Input.TextArea readOnly autoSize value={link} aria-label={t('quotation:offer.link_way')} />
    </Modal>
  )
}
