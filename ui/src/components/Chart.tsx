/** A chart, its library loaded when the first one is shown; `words` says the same for those who do not see it. */
import { lazy, Suspense } from 'react'
import type { ChartOption } from './echarts'

const Canvas = lazy(() => import('./ChartCanvas'))

export interface ChartProps {
  option: ChartOption
  height: number
  words: string
  onPick?: (index: number) => void
}

export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<div className="bone" style={{ height: props.height }} />}>
      <Canvas {...props} />
    </Suspense>
  )
}
