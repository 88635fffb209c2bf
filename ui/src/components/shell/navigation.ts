import { useMemo } from 'react'
import { useSession } from '@/lib/session'
import { type NavGroup, navigation } from '@/nav'
import { pages } from '@/pages'

/** The navigation as this person sees it: what they may see and what there is a page for. */
export function useNavigation(): NavGroup[] {
  const { can } = useSession()
  return useMemo(
    () =>
      navigation
        .map(group => ({
          ...group,
          entries: group.entries.filter(
            entry => (!entry.need || can(entry.need)) && pages.some(page => page.path === entry.path),
          ),
        }))
        .filter(group => group.entries.length > 0),
    [can],
  )
}
