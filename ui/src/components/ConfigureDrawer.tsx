/** What of a product is chosen: the server says what goes together, what it costs, and what the nearest allowed choice is. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Drawer, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '@/lib/api/client'
import type { Configured, Product } from '@/lib/api/types'
import { formatMoney } from '@/lib/format'
import { useNarrow } from '@/lib/viewport'
import './configure.css'

interface Props {
  productId: string
  chosen: string[]
  onClose: () => void
  onChoose: (choices: string[]) => void
}

export default function ConfigureDrawer({ productId, chosen, onClose, onChoose }: Props) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const [choices, setChoices] = useState(chosen)
  const product = useQuery({ queryKey: ['products', productId], queryFn: () => get<Product>(`/products/${productId}`) })
  const looked = useQuery({
    queryKey: ['products', productId, 'configure', choices],
    queryFn: () => post<Configured>(`/products/${productId}/configure`, { choices }),
    placeholderData: before => before,
  })
  const options = product.data?.options
  const nameOf = (code: string) =>
    options?.groups.flatMap(group => group.choices).find(choice => choice.code === code)?.name ?? code
  const toggle = (code: string, on: boolean) =>
    setChoices(now => (on ? [...now.filter(one => one !== code), code] : now.filter(one => one !== code)))
  const pick = (group: string[], code: string | null) =>
    setChoices(now => [...now.filter(one => !group.includes(one)), ...(code ? [code] : [])])
  const { data } = looked
  const near = data && !data.allowed && data.add.length + data.remove.length > 0 ? data : null
  return (
    <Drawer
      open
      title={`${t('order:configure.title')} ${product.data?.name ?? ''}`}
      onClose={onClose}
      size={narrow ? '100%' : 460}
      footer={
        <div className="configure-foot">
          <span>
            <span className="soft">{t('order:configure.effect')} </span>
            <strong className="mono">{data ? formatMoney(data.effect) : '–'}</strong>
          </span>
          <Button type="primary" disabled={!data?.allowed} onClick={() => onChoose(choices)}>
            {t('order:configure.take')}
          </Button>
        </div>
      }
    >
      <div className="configure">
        {options?.groups.map(group => {
          const codes = group.choices.map(choice => choice.code)
          const price = (amount: string) =>
            Number(amount) === 0 ? '' : `${Number(amount) > 0 ? '+' : ''}${Number(amount).toLocaleString()}`
          const count =
            group.min > 0
              ? t('order:configure.needed', { min: group.min })
              : t('order:configure.free', { max: group.max })
          return (
            <fieldset key={group.code}>
              <legend>
                {group.name} <span className="soft">{count}</span>
              </legend>
              {group.max === 1 ? (
                <Radio.Group
                  aria-label={group.name}
                  value={choices.find(code => codes.includes(code)) ?? ''}
                  onChange={event => pick(codes, event.target.value || null)}
                  options={[
                    ...(group.min === 0 ? [{ value: '', label: t('order:configure.none') }] : []),
                    ...group.choices.map(choice => ({
                      value: choice.code,
                      label: (
                        <>
                          {choice.name} <span className="mono soft">{price(choice.price)}</span>
                        </>
                      ),
                    })),
                  ]}
                />
              ) : (
                group.choices.map(choice => (
                  <Checkbox
                    key={choice.code}
                    checked={choices.includes(choice.code)}
                    onChange={event => toggle(choice.code, event.target.checked)}
                  >
                    {choice.name} <span className="mono soft">{price(choice.price)}</span>
                  </Checkbox>
                ))
              )}
            </fieldset>
          )
        })}
        {data && data.errors.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={data.errors.map(error => <div key={error.message}>{error.message}</div>)}
            action={
              near && (
                <Button
                  size="small"
                  onClick={() => setChoices(now => [...now.filter(code => !near.remove.includes(code)), ...near.add])}
                >
                  {[...near.add.map(code => `+ ${nameOf(code)}`), ...near.remove.map(code => `− ${nameOf(code)}`)].join(
                    ' ',
                  )}
                </Button>
              )
            }
          />
        )}
      </div>
    </Drawer>
  )
}
