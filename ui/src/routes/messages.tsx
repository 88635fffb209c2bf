import { MessagesPage } from '@/features/message/MessagesPage'

/** What customers wrote at the portal, and the answers. */
export default function MessagesRoute() {
  return <MessagesPage />
}
