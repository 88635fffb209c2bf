import type { ECharts } from 'echarts/core'
import { useEffect, useRef } from 'react'
import type { ChartProps } from './Chart'
import { init } from './echarts'

export default function ChartCanvas({ option, height, words, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  const pick = useRef(onPick)
  pick.current = onPick
  useEffect(() => {
    if (!box.current) return
    const made = init(box.current)
    chart.current = made
    made.on('click', event => pick.current?.(event.dataIndex))
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option])
  return <div ref={box} role="img" aria-label={words} style={{ height, width: '100%' }} />
}
