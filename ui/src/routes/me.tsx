import { MePage } from '@/features/me/MePage'
import { MySessions } from '@/features/session/MySessions'

/** My own page, with where I am signed in. */
export default function MeRoute() {
  return (
    <>
      <MePage />
      <div className="page me-page">
        <MySessions />
      </div>
    </>
  )
}
