import { message } from 'antd'
import { useEffect, useRef } from 'react'
import type { Messages } from '@/lib/message'

export default function MessageHolder({ onReady }: { onReady: (messages: Messages) => void }) {
  const [api, holder] = message.useMessage({ maxCount: 3 })
  const tell = useRef(onReady)
  useEffect(() => {
    tell.current({
      success: (text, seconds) => void api.success(text, seconds),
      error: (text, seconds) => void api.error(text, seconds),
      info: (text, seconds) => void api.info(text, seconds),
      warning: (text, seconds) => void api.warning(text, seconds),
    })
  }, [api])
  return holder
}
