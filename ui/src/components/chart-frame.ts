import { FONT, type Palette } from '@/lib/theme'
import type { ChartOption } from './echarts'

/** An axis without its line: the grid and the labels say enough. */
export const axisOf = (palette: Palette) => ({
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { color: palette.soft },
})

/** A value axis that counts whole things. */
export const countAxis = (palette: Palette) => ({
  type: 'value' as const,
  minInterval: 1,
  splitLine: { lineStyle: { color: palette.line } },
  ...axisOf(palette),
})

/** Room for a legend of one row. */
export const GRID = {
  left: 4,
  right: 4,
  top: 34,
  bottom: 0,
  outerBoundsMode: 'same',
  outerBoundsContain: 'axisLabel',
} as const

/** What all charts over categories look alike in: fonts, grid, legend, tooltip and the axis below. */
export const frameOf = (palette: Palette, categories: string[]): ChartOption => ({
  animationDuration: 200,
  textStyle: { fontFamily: FONT },
  grid: GRID,
  legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: palette.soft } },
  tooltip: {
    trigger: 'axis',
    backgroundColor: palette.surface,
    borderColor: palette.line,
    textStyle: { color: palette.text, fontFamily: FONT },
  },
  xAxis: { type: 'category', data: categories, ...axisOf(palette) },
})
