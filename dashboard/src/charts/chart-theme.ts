import type { ChartPalette } from './palette.ts';

const FONT =
  "'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

/** The one theme of all charts: what lines, letters and tooltips look like. Options say only what is drawn. */
export function chartTheme(palette: ChartPalette) {
  const axis = {
    axisLine: { lineStyle: { color: palette.border } },
    axisTick: { lineStyle: { color: palette.border } },
    axisLabel: { color: palette.muted, fontSize: 11 },
    nameTextStyle: { color: palette.muted, fontSize: 11 },
    splitLine: { lineStyle: { color: palette.grid } },
  };
  return {
    backgroundColor: 'transparent',
    textStyle: { fontFamily: FONT, color: palette.text },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false }, axisTick: { show: false } },
    tooltip: {
      backgroundColor: palette.panel,
      borderColor: palette.border,
      textStyle: { color: palette.text, fontSize: 12 },
      padding: [8, 10],
    },
  };
}
