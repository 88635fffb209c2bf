/** The steps that may be taken on many orders at once from the list. */
import { CarryOutOutlined, CheckOutlined, InboxOutlined, SendOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { OrderStatus } from '@/lib/api/types'

export interface BatchVerb {
  verb: 'submit' | 'approve' | 'reserve' | 'close'
  permission: string
  icon: ReactNode
  /** Orders in other states are left out before anything is sent. */
  from: OrderStatus
  body: object
}

export const BATCH_VERBS: BatchVerb[] = [
  { verb: 'submit', permission: 'order.submit', icon: <SendOutlined />, from: 'draft', body: {} },
  { verb: 'approve', permission: 'order.approve', icon: <CheckOutlined />, from: 'reviewed', body: { note: '' } },
  { verb: 'reserve', permission: 'order.reserve', icon: <InboxOutlined />, from: 'effective', body: {} },
  { verb: 'close', permission: 'order.close', icon: <CarryOutOutlined />, from: 'effective', body: {} },
]
