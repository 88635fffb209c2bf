import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import './components.css'

/** Names the browser tab after the page. */
export function useTitle(title: string): void {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = title ? `${title} · ${t('common:product')}` : t('common:product')
  }, [title, t])
}

/** The head of a page: its name, what qualifies it, and its buttons at the right. */
export function PageHead(props: { title: string; tags?: ReactNode; children?: ReactNode }) {
  useTitle(props.title)
  return (
    <header className="page-head">
      <h1>{props.title}</h1>
      {props.tags}
      {props.children && <div className="page-extra">{props.children}</div>}
    </header>
  )
}
