/** The strokes of a signature and how they are drawn. */
export interface Point {
  x: number
  y: number
}

export type Stroke = Point[]

type Pen = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'quadraticCurveTo'
  | 'stroke'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'strokeStyle'
>

/** Draws strokes as smooth lines through the middles between their points; a mere touch is a dot. */
export function draw(pen: Pen, strokes: Stroke[]): void {
  pen.lineWidth = 2.4
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.strokeStyle = '#11203f'
  for (const stroke of strokes) {
    const first = stroke[0]
    if (!first) continue
    pen.beginPath()
    pen.moveTo(first.x, first.y)
    for (let place = 1; place < stroke.length; place += 1) {
      const [before, here] = [stroke[place - 1], stroke[place]]
      if (before && here) {
        pen.quadraticCurveTo(before.x, before.y, (before.x + here.x) / 2, (before.y + here.y) / 2)
      }
    }
    const last = stroke.at(-1) ?? first
    pen.lineTo(last.x + (stroke.length === 1 ? 0.1 : 0), last.y)
    pen.stroke()
  }
}
