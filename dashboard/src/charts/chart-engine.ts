import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

/** The only module that loads ECharts, and only the parts that the charts use. It is fetched after the first page. */
use([
  BarChart,
  LineChart,
  ScatterChart,
  LabelLayout,
  GridComponent,
  TooltipComponent,
  MarkLineComponent,
  MarkAreaComponent,
  CanvasRenderer,
]);

export { default as VChart } from 'vue-echarts';
