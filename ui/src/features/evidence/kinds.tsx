import {
  BankOutlined,
  CameraOutlined,
  FileDoneOutlined,
  FormOutlined,
  MailOutlined,
  PhoneOutlined,
  ScanOutlined,
  SoundOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { EvidenceKind } from '@/lib/api/types'

export const KIND_ICONS: Record<EvidenceKind, ReactNode> = {
  signed_statement: <FormOutlined />,
  signed_confirmation: <FileDoneOutlined />,
  photo: <CameraOutlined />,
  scan: <ScanOutlined />,
  email: <MailOutlined />,
  bank_receipt: <BankOutlined />,
  call_note: <PhoneOutlined />,
  oral: <SoundOutlined />,
}

/** Kinds that are a file; the others are a text. */
const FILES: EvidenceKind[] = ['signed_confirmation', 'photo', 'scan', 'email', 'bank_receipt']

export function needsFile(kind: EvidenceKind): boolean {
  return FILES.includes(kind)
}

/** What a kind usually proves, taken first when it is chosen. */
export const USUAL: Record<EvidenceKind, string> = {
  signed_statement: 'technical_confirmation',
  signed_confirmation: 'signed_confirmation',
  photo: 'quantity_checked',
  scan: 'signed_confirmation',
  email: 'change_accepted',
  bank_receipt: 'deposit_in',
  call_note: 'contact_made',
  oral: 'contact_made',
}
