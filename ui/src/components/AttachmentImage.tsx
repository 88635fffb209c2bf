import { useState } from 'react'
import { address } from '@/lib/api/client'
import './components.css'

/** A photo or scan, large enough to read a signature; a click opens it whole. */
export function AttachmentImage({ id, name }: { id: string; name: string }) {
  const [broken, setBroken] = useState(false)
  const source = address(`/attachments/${id}/content`, { inline: true })
  if (broken) return null
  return (
    <a href={source} target="_blank" rel="noreferrer" className="attachment-image">
      <img src={source} alt={name} loading="lazy" onError={() => setBroken(true)} />
    </a>
  )
}
