/** A document on paper, A4: the company and its number above, facts, what it is about, and room for the signatures. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useSession } from '@/lib/session'
import { PageHead } from './PageHead'
import './paper.css'

export type PaperFact = [label: string, value: string | null | undefined]

interface Props {
  /** What kind of document it is. */
  title: string
  /** Its number, or nothing where it has none yet. */
  number: string
  /** On the screen above it. */
  heading: string
  printLabel: string
  facts: PaperFact[]
  /** Facts over the whole width; those without a value are left out. */
  wide?: PaperFact[]
  /** Who signs. */
  signs: string[]
  children: ReactNode
}

export function Paper({ title, number, heading, printLabel, facts, wide = [], signs, children }: Props) {
  const { session } = useSession()
  return (
    <div className="page">
      <div className="no-print">
        <PageHead title={heading}>
          <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
            {printLabel}
          </Button>
        </PageHead>
      </div>
      <article className="paper" aria-label={`${title} ${number}`}>
        <header className="paper-head">
          <div className="paper-company">{session.company.name}</div>
          <h2>{title}</h2>
          <div className="paper-number">No. {number || '–'}</div>
        </header>
        <dl className="paper-facts">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {wide
            .filter(([, value]) => value)
            .map(([label, value]) => (
              <div key={label} className="paper-wide">
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
        {children}
        <div className="paper-signs">
          {signs.map(sign => (
            <div key={sign}>{sign}</div>
          ))}
        </div>
      </article>
    </div>
  )
}
