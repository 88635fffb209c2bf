import { MyAbsences } from '@/features/absence/MyAbsences'
import { MePage } from '@/features/me/MePage'
import { MyNotifications } from '@/features/notification/MyNotifications'
import { MySessions } from '@/features/session/MySessions'

/** My own page, with who stands in for me, what I want to be told and where I am signed in. */
export default function MeRoute() {
  return (
    <>
      <MePage />
      <div className="page me-page">
        <MyAbsences />
        <MyNotifications />
        <MySessions />
      </div>
    </>
  )
}
