import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '@/components/Chart'
import { countAxis, frameOf } from '@/components/chart-frame'
import type { ChartOption } from '@/components/echarts'
import type { ProductForecast } from '@/lib/api/types'
import { formatCount, formatQuantity } from '@/lib/format'
import { useTheme } from '@/lib/theme'

/** Demand of the past as bars, what is expected as a line between the bounds of four periods in five. */
export function Curve({ forecast }: { forecast: ProductForecast }) {
  const { t } = useTranslation()
  const { palette } = useTheme()
  const { history, ahead } = forecast
  const option = useMemo<ChartOption>(() => {
    const before = history.map(() => null)
    const line = (name: string, data: (number | null)[], color: string, dashed: boolean) => ({
      name,
      type: 'line' as const,
      symbol: 'none',
      data: [...before, ...data],
      lineStyle: { color, width: dashed ? 1 : 2, type: dashed ? ('dashed' as const) : ('solid' as const) },
      itemStyle: { color },
    })
    return {
      ...frameOf(
        palette,
        [...history, ...ahead].map(period => period.starts_on),
      ),
      yAxis: countAxis(palette),
      series: [
        {
          name: t('forecast:ordered'),
          type: 'bar',
          data: history.map(period => Number(period.ordered.value)),
          itemStyle: { color: palette.going, borderRadius: [2, 2, 0, 0] },
          barMaxWidth: 18,
        },
        line(
          t('forecast:expected'),
          ahead.map(period => Number(period.expected.value)),
          palette.risk,
          false,
        ),
        line(
          t('forecast:high'),
          ahead.map(period => Number(period.high.value)),
          palette.soft,
          true,
        ),
        line(
          t('forecast:low'),
          ahead.map(period => Number(period.low.value)),
          palette.soft,
          true,
        ),
      ],
    }
  }, [history, ahead, palette, t])
  const words = t('forecast:words', {
    count: history.length,
    shown: formatCount(history.length),
    period: t(`forecast:period.${forecast.period}`),
    expected: formatQuantity(ahead[0]?.expected),
  })
  return (
    <>
      <p className="soft">{words}</p>
      <Chart option={option} height={280} words={words} />
    </>
  )
}
