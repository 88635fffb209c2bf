/** The frame of the forms: entries of lists, fields with their mistakes, and what comes with the product. */
import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  EditOutlined,
  PlusOutlined,
  UndoOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { createContext, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalText, Mistake, PartProps } from './types'

/** A name that is not given yet. */
export const NEW_TEXT: LocalText = { 'zh-CN': '', 'zh-TW': '', en: '' }

/** An entry of a list, to be moved and removed. */
export function Row(props: {
  path: string
  place: number
  count: number
  title: string
  part: PartProps
  children: ReactNode
}) {
  const { t } = useTranslation()
  const { path, place, count, part } = props
  return (
    <section className="rule" aria-label={props.title}>
      <header className="rule-head">
        <span className="strong cut grow">{props.title}</span>
        {!part.locked && (
          <>
            <Button
              type="text"
              size="small"
              icon={<ArrowUpOutlined />}
              aria-label={t('rules:up', { name: props.title })}
              disabled={place === 0}
              onClick={() => part.change({ do: 'move', path: `${path}/${place}`, to: place - 1 })}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowDownOutlined />}
              aria-label={t('rules:down', { name: props.title })}
              disabled={place === count - 1}
              onClick={() => part.change({ do: 'move', path: `${path}/${place}`, to: place + 1 })}
            />
            <Button
              type="text"
              size="small"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('rules:remove', { name: props.title })}
              onClick={() => part.change({ do: 'remove', path: `${path}/${place}` })}
            />
          </>
        )}
      </header>
      {props.children}
    </section>
  )
}

/** What is wrong with the draft, for the fields of the forms. */
export const Mistakes = createContext<Mistake[]>([])

/** A field with its label, and under it what is wrong with it. `at` is its place in the file as a JSON pointer. */
export function Field(props: { label: string; at?: string; wide?: boolean; children: ReactNode }) {
  const mistakes = useContext(Mistakes).filter(
    mistake => props.at !== undefined && (mistake.pointer === props.at || mistake.pointer.startsWith(`${props.at}/`)),
  )
  return (
    <div className={props.wide ? 'rule-field wide' : 'rule-field'}>
      <span className="soft">{props.label}</span>
      {props.children}
      {mistakes.map(mistake => (
        <span key={`${mistake.pointer} ${mistake.code}`} className="rule-mistake">
          {mistake.message}
        </span>
      ))}
    </div>
  )
}

/** Adds an entry. */
export function Add(props: { label: string; locked: boolean; onClick: () => void }) {
  if (props.locked) return null
  return (
    <Button icon={<PlusOutlined />} onClick={props.onClick}>
      {props.label}
    </Button>
  )
}

/** What comes with the product and is not in the file: written out to be changed, and taken back. */
export function Brought(props: { part: PartProps; of: 'clock' | 'notify' }) {
  const { t } = useTranslation()
  const { part, of } = props
  const own = part.document[of]
  const path = `/${of}`
  return (
    <div className="rule-brought">
      <span className="grow">
        {t(own === undefined ? 'rules:brought.used' : own.length === 0 ? 'rules:brought.none' : 'rules:brought.own')}
      </span>
      {!part.locked &&
        (own === undefined ? (
          <Button icon={<EditOutlined />} onClick={() => part.change({ do: 'write_out', path })}>
            {t('rules:brought.write_out')}
          </Button>
        ) : (
          <Button icon={<UndoOutlined />} onClick={() => part.change({ do: 'set', path, value: null })}>
            {t('rules:brought.take_back')}
          </Button>
        ))}
    </div>
  )
}
