import { useTranslation } from 'react-i18next'
import { ActiveButton } from '@/components/ActiveButton'
import type { User } from '@/lib/api/types'

/** Takes a user out of use, or back into it. */
export function ActivateUser({ user }: { user: User }) {
  const { t } = useTranslation()
  return (
    <ActiveButton
      noun="users"
      path={`/users/${user.id}`}
      active={user.active}
      consequence={t('user:deactivate_consequence')}
      done={t(user.active ? 'user:deactivated' : 'user:activated')}
    />
  )
}
