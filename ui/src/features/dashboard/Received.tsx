import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Chart } from '@/components/Chart'
import { axisOf, countAxis, frameOf } from '@/components/chart-frame'
import type { ChartOption } from '@/components/echarts'
import type { Dashboard } from '@/lib/api/types'
import { sum } from '@/lib/decimal'
import { formatCount, formatMoney } from '@/lib/format'
import { useTheme } from '@/lib/theme'

type Days = Dashboard['received']

/** Orders received per day: their number as bars, their amount as a line. */
export function Received({ days }: { days: Days }) {
  const { t } = useTranslation()
  const { palette } = useTheme()
  const navigate = useNavigate()
  const currency = days[0]?.payable.currency ?? 'CNY'
  const total = { amount: sum(days.map(day => day.payable.amount)), currency }
  const count = days.reduce((all, day) => all + day.count, 0)
  const option = useMemo<ChartOption>(() => {
    return {
      ...frameOf(
        palette,
        days.map(day => day.day.slice(5)),
      ),
      yAxis: [countAxis(palette), { type: 'value', splitLine: { show: false }, ...axisOf(palette) }],
      series: [
        {
          name: t('dashboard:received.count'),
          type: 'bar',
          data: days.map(day => day.count),
          itemStyle: { color: palette.going, borderRadius: [2, 2, 0, 0] },
          barMaxWidth: 18,
        },
        {
          name: t('dashboard:received.amount', { currency }),
          type: 'line',
          yAxisIndex: 1,
          smooth: true,
          symbol: 'none',
          data: days.map(day => Number(day.payable.amount)),
          lineStyle: { color: palette.risk, width: 2 },
          itemStyle: { color: palette.risk },
        },
      ],
    }
  }, [days, palette, currency, t])
  const words = t('dashboard:received.words', { count, shown: formatCount(count), payable: formatMoney(total) })
  return (
    <>
      <p className="received-total mono">{words}</p>
      <Chart
        option={option}
        height={240}
        words={words}
        onPick={index => {
          const day = days[index]?.day
          if (day) void navigate(`/orders?ordered_from=${day}&ordered_to=${day}`)
        }}
      />
    </>
  )
}
