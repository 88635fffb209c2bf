/** Makes a picture of the screen small: 256 colours, the frequent ones exact, the rest by median cut. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Kept as they are, so that surfaces and texts have the colours of the theme. */
const EXACT = 128
const COLOURS = 256

interface Picture {
  width: number
  height: number
  /** 0xRRGGBB, row by row. */
  pixels: Uint32Array
}

function chunks(png: Buffer): { kind: string; data: Buffer }[] {
  const found: { kind: string; data: Buffer }[] = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    found.push({ kind: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return found
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

/** Takes the row filters of the format back, in place of the raw bytes. */
function unfilter(raw: Buffer, height: number, stride: number, step: number): Uint8Array {
  const out = new Uint8Array(height * stride)
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x >= step ? (out[at - step] ?? 0) : 0
      const up = y > 0 ? (out[at - stride] ?? 0) : 0
      const corner = x >= step && y > 0 ? (out[at - stride - step] ?? 0) : 0
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      out[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted
    }
  }
  return out
}

function decode(png: Buffer): Picture {
  const parts = chunks(png)
  const head = parts[0]?.data ?? Buffer.alloc(13)
  const [width, height, depth, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]]
  if (depth !== 8 || (kind !== 2 && kind !== 6)) throw new Error(`a picture of kind ${kind} with ${depth} bits`)
  const step = kind === 6 ? 4 : 3
  const packed = Buffer.concat(parts.filter(part => part.kind === 'IDAT').map(part => part.data))
  const bytes = unfilter(inflateSync(packed), height, width * step, step)
  const pixels = new Uint32Array(width * height)
  for (let index = 0; index < pixels.length; index += 1) {
    const at = index * step
    pixels[index] = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
  }
  return { width, height, pixels }
}

const channel = (colour: number, index: number) => (colour >> (16 - 8 * index)) & 255

/** Colours and how often each stands there. */
type Counted = [colour: number, count: number][]

function widest(box: Counted): { index: number; span: number } {
  let best = { index: 0, span: -1 }
  for (let index = 0; index < 3; index += 1) {
    const values = box.map(([colour]) => channel(colour, index))
    const span = Math.max(...values) - Math.min(...values)
    if (span > best.span) best = { index, span }
  }
  return best
}

function mean(box: Counted): number {
  const total = box.reduce((sum, [, count]) => sum + count, 0)
  const part = (index: number) =>
    Math.round(box.reduce((sum, [colour, count]) => sum + channel(colour, index) * count, 0) / total)
  return (part(0) << 16) | (part(1) << 8) | part(2)
}

function medianCut(colours: Counted, wanted: number): number[] {
  const boxes = [colours]
  while (boxes.length < wanted) {
    const spans = boxes.map(box => (box.length > 1 ? widest(box).span : -1))
    const at = spans.indexOf(Math.max(...spans))
    const box = boxes[at]
    if (!box || box.length < 2) break
    const { index } = widest(box)
    box.sort(([a], [b]) => channel(a, index) - channel(b, index))
    boxes.splice(at, 1, box.slice(0, box.length >> 1), box.slice(box.length >> 1))
  }
  return boxes.filter(box => box.length > 0).map(mean)
}

function palette(pixels: Uint32Array): number[] {
  const counts = new Map<number, number>()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const ordered: Counted = [...counts].sort((a, b) => b[1] - a[1])
  if (ordered.length <= COLOURS) return ordered.map(([colour]) => colour)
  return [...ordered.slice(0, EXACT).map(([colour]) => colour), ...medianCut(ordered.slice(EXACT), COLOURS - EXACT)]
}

function nearest(colours: number[], wanted: number): number {
  let best = 0
  let distance = Number.POSITIVE_INFINITY
  for (const [place, colour] of colours.entries()) {
    const [r, g, b] = [0, 1, 2].map(index => channel(colour, index) - channel(wanted, index)) as [
      number,
      number,
      number,
    ]
    const far = 2 * r * r + 4 * g * g + 3 * b * b
    if (far < distance) [best, distance] = [place, far]
  }
  return best
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** The same picture with at most 256 colours. */
export function shrink(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png)
  const colours = palette(pixels)
  const places = new Map(colours.map((colour, place) => [colour, place]))
  const rows = Buffer.alloc(height * (width + 1))
  for (const [index, pixel] of pixels.entries()) {
    let place = places.get(pixel)
    if (place === undefined) {
      place = nearest(colours, pixel)
      places.set(pixel, place)
    }
    rows[Math.floor(index / width) * (width + 1) + 1 + (index % width)] = place
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const table = Buffer.from(colours.flatMap(colour => [0, 1, 2].map(index => channel(colour, index))))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
