// Bars beside each summary table; the table below holds the same figures.
"use strict";
const ink = getComputedStyle(document.documentElement);
for (const box of document.querySelectorAll("[data-chart]")) {
  const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  if (!data.labels.length) {
    box.hidden = true;
    continue;
  }
  const order = data.values.map((value, index) => index).sort((a, b) => data.values[a] - data.values[b]).slice(-20);
  box.style.height = `${Math.max(120, 22 * order.length + 60)}px`;
  const chart = echarts.init(box, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    title: { left: 0, text: data.title, textStyle: { fontSize: 13, fontWeight: 600, color: ink.getPropertyValue("--ink") } },
    grid: { left: 8, right: 72, top: 34, bottom: 8, containLabel: true },
    xAxis: { type: "value", splitLine: { lineStyle: { color: ink.getPropertyValue("--line") } }, axisLabel: { color: ink.getPropertyValue("--quiet") } },
    yAxis: { type: "category", data: order.map((index) => data.labels[index]), axisTick: { show: false }, axisLabel: { color: ink.getPropertyValue("--ink") } },
    series: [{ type: "bar", barMaxWidth: 14, data: order.map((index) => data.values[index]), itemStyle: { color: ink.getPropertyValue("--field").trim() }, label: { show: true, position: "right", formatter: (item) => item.value.toLocaleString() } }],
    toolbox: { right: 0, feature: { saveAsImage: { title: "PNG" } } },
  });
  window.addEventListener("resize", () => chart.resize());
}
