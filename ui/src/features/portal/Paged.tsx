import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/ErrorState'
import { PageSkeleton } from '@/components/PageSkeleton'

/** A list of the portal that goes on at a press; `empty` stands where there is nothing. */
export function Paged<Row>({
  found,
  empty,
  row,
}: {
  found: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>>
  empty: ReactNode
  row: (row: Row) => ReactNode
}) {
  const { t } = useTranslation()
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  const rows = found.data.pages.flatMap(page => page.items)
  if (rows.length === 0) return empty
  return (
    <>
      <ul className="portal-list">{rows.map(row)}</ul>
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('portal:load_more')}
        </Button>
      )}
    </>
  )
}
