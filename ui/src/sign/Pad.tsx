import { type PointerEvent, type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { draw, type Stroke } from './strokes'
import type { Words } from './words'

export interface PadHandle {
  /** The signature as a data address. */
  picture: () => string
}

interface Props {
  ref: Ref<PadHandle>
  words: Words
  onChange: (drawn: boolean) => void
}

/** So many points of the picture for one of the screen. */
const SCALE = 2

/** A field to sign in by finger, pen or mouse; the last stroke or all can be taken back. */
export function Pad({ ref, words, onChange }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const strokes = useRef<Stroke[]>([])
  const drawing = useRef(false)
  const [count, setCount] = useState(0)

  const paint = useCallback(() => {
    const field = canvas.current
    const pen = field?.getContext('2d')
    if (!field || !pen) return
    const { width, height } = field.getBoundingClientRect()
    if (field.width !== Math.round(width * SCALE)) {
      field.width = Math.round(width * SCALE)
      field.height = Math.round(height * SCALE)
    }
    pen.setTransform(1, 0, 0, 1, 0, 0)
    pen.fillStyle = '#ffffff'
    pen.fillRect(0, 0, field.width, field.height)
    pen.setTransform(SCALE, 0, 0, SCALE, 0, 0)
    draw(pen, strokes.current)
  }, [])
  useEffect(() => {
    paint()
    window.addEventListener('resize', paint)
    return () => window.removeEventListener('resize', paint)
  }, [paint])
  useImperativeHandle(ref, () => ({ picture: () => canvas.current?.toDataURL('image/png') ?? '' }))

  const changed = () => {
    setCount(strokes.current.length)
    onChange(strokes.current.some(stroke => stroke.length > 1))
    paint()
  }
  const point = (event: PointerEvent<HTMLCanvasElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = true
    strokes.current = [...strokes.current, [point(event)]]
    paint()
  }
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!drawing.current) return
    strokes.current.at(-1)?.push(point(event))
    paint()
  }
  const end = () => {
    if (!drawing.current) return
    drawing.current = false
    changed()
  }
  const take = (kept: Stroke[]) => {
    strokes.current = kept
    changed()
  }
  return (
    <div className="pad">
      <canvas
        ref={canvas}
        role="img"
        aria-label={words.pad}
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {count === 0 && <span className="pad-hint">{words.pad_hint}</span>}
      <div className="pad-tools">
        <button
          type="button"
          className="plain"
          disabled={count === 0}
          onClick={() => take(strokes.current.slice(0, -1))}
        >
          {words.undo}
        </button>
        <button type="button" className="plain" disabled={count === 0} onClick={() => take([])}>
          {words.clear}
        </button>
      </div>
    </div>
  )
}
