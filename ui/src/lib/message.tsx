/** Short messages at the top of the page: done, refused, offline. */
import { message } from 'antd'
import type { MessageInstance } from 'antd/es/message/interface'
import { createContext, type ReactNode, useContext } from 'react'

const MessageContext = createContext<MessageInstance | null>(null)

export function MessageProvider({ children }: { children: ReactNode }) {
  const [api, holder] = message.useMessage({ maxCount: 3 })
  return (
    <MessageContext value={api}>
      {holder}
      {children}
    </MessageContext>
  )
}

export function useMessage(): MessageInstance {
  const value = useContext(MessageContext)
  if (!value) throw new Error('useMessage needs a MessageProvider')
  return value
}
