/** A typed name as a picture, so that every signature is one. */
export function typed(name: string): string {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 200
  const pen = canvas.getContext('2d')
  if (!pen) return ''
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = '#11203f'
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  let size = 96
  const font = () => `italic ${size}px "Kaiti SC", KaiTi, "LXGW WenKai", cursive`
  pen.font = font()
  while (size > 24 && pen.measureText(name).width > canvas.width - 40) {
    size -= 6
    pen.font = font()
  }
  pen.fillText(name, canvas.width / 2, canvas.height / 2)
  return canvas.toDataURL('image/png')
}
