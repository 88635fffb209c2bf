/** What the import pages ask the server. */
import { useQuery } from '@tanstack/react-query'
import { get } from '@/lib/api/client'
import type { Import, ImportRow, ImportTemplates, Page } from '@/lib/api/types'

export function useImports() {
  return useQuery({ queryKey: ['imports', 'list'], queryFn: () => get<Page<ImportRow>>('/imports') })
}
export function useTemplates() {
  return useQuery({ queryKey: ['imports', 'templates'], queryFn: () => get<ImportTemplates>('/import/mappings') })
}
/** One import; asked for again and again while it runs. */
export function useImport(id: string) {
  return useQuery({
    queryKey: ['imports', 'one', id],
    queryFn: () => get<Import>(`/imports/${id}`),
    refetchInterval: query => (query.state.data?.state === 'running' ? 700 : false),
  })
}
