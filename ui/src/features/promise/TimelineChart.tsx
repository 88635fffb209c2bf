import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '@/components/Chart'
import { axisOf, frameOf } from '@/components/chart-frame'
import type { ChartOption } from '@/components/echarts'
import type { PromiseTimeline } from '@/lib/api/types'
import { formatQuantity, formatValue } from '@/lib/format'
import { useTheme } from '@/lib/theme'
import { type Step, stepsOf } from './steps'
import { useSourceName } from './words'

/** Takers named when one points at a day. */
const MOST = 8

/** What came, what goes and what is free, as steps; a day tells who takes what. */
export function TimelineChart({ data }: { data: PromiseTimeline }) {
  const { t } = useTranslation()
  const { palette } = useTheme()
  const sourceName = useSourceName()
  const steps = useMemo(() => stepsOf(data), [data])
  const option = useMemo<ChartOption>(() => {
    const frame = frameOf(
      palette,
      steps.map(step => step.on.slice(5)),
    )
    const line = (name: string, color: string, of: (step: Step) => string, more: object = {}) => ({
      name,
      type: 'line' as const,
      step: 'end' as const,
      symbol: 'none',
      data: steps.map(step => Number(of(step))),
      lineStyle: { color, width: 2 },
      itemStyle: { color },
      ...more,
    })
    return {
      ...frame,
      tooltip: {
        ...frame.tooltip,
        // Made of elements, so that no name is read as markup.
        formatter: (points: unknown) => {
          const index = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0
          return told(steps[index])
        },
      },
      yAxis: { type: 'value', splitLine: { lineStyle: { color: palette.line } }, ...axisOf(palette) },
      series: [
        line(t('promise:chart.supply'), palette.going, step => step.supply),
        line(t('promise:chart.demand'), palette.risk, step => step.demand),
        line(t('promise:chart.reserved'), palette.soft, step => step.reserved, {
          lineStyle: { color: palette.soft, width: 1, type: 'dashed' },
        }),
        line(t('promise:chart.available'), palette.done, step => step.available, { areaStyle: { opacity: 0.12 } }),
      ],
    }

    function told(step: Step | undefined): HTMLElement {
      const box = document.createElement('div')
      if (!step) return box
      const say = (text: string, strong = false) => {
        const row = box.appendChild(document.createElement(strong ? 'strong' : 'div'))
        row.textContent = text
      }
      say(step.on, true)
      for (const name of ['supply', 'demand', 'reserved', 'available'] as const) {
        say(`${t(`promise:chart.${name}`)} ${formatValue(step[name])}`)
      }
      for (const supply of step.day?.supplies ?? [])
        say(`+${formatValue(supply.quantity)} ${sourceName(supply.source)}`)
      const demands = step.day?.demands ?? []
      for (const { taker, quantity } of demands.slice(0, MOST)) {
        const who = [taker.order?.number ?? t(`promise:demand.${taker.kind}`), taker.customer?.name]
        say(`−${formatValue(quantity)} ${who.filter(Boolean).join(' ')}`)
      }
      const rest = (step.day?.demand_count ?? 0) - Math.min(demands.length, MOST)
      if (rest > 0) say(t('promise:chart.more', { count: rest }))
      return box
    }
  }, [steps, palette, t, sourceName])
  const words = t('promise:chart.words', {
    product: data.product.name,
    available: formatQuantity(data.days[0]?.available),
    days: data.days.length,
  })
  return <Chart option={option} height={280} words={words} />
}
