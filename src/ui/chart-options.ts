import type { ChartConfiguration, ChartDataset } from 'chart.js';

type Tone = 'primary' | 'warning' | 'success' | 'quiet';

/** One value per label; null leaves a gap. */
type Series = { name: string; values: readonly (number | null)[]; tone: Tone; dashed?: boolean };

export type ChartShape = {
  kind: 'bars' | 'lying-bars' | 'lines';
  labels: readonly string[];
  series: readonly Series[];
  format: (value: number) => string;
  /** The top of the axis; the largest value when left out. */
  max?: number | undefined;
};

/** Colours of the theme, read from the page: a canvas knows no CSS variables. */
export type ChartColours = Record<Tone, string> & { text: string; line: string };

const MOST_TICKS = 8;

/** What Chart.js is told. It says the values itself, so no number leaves in another form than on the rest of the page. */
export function chartOptions(
  { kind, labels, series, format, max }: ChartShape,
  colours: ChartColours,
): ChartConfiguration<'bar' | 'line', (number | null)[], string> {
  const isLying = kind === 'lying-bars';
  const values = {
    beginAtZero: true,
    ...(max === undefined ? {} : { max }),
    stacked: kind !== 'lines',
    border: { display: false },
    grid: { color: colours.line },
    ticks: {
      color: colours.text,
      maxTicksLimit: isLying ? 4 : 6,
      callback: (value: string | number) => format(Number(value)),
    },
  };
  const names = {
    stacked: kind !== 'lines',
    border: { color: colours.line },
    grid: { display: false },
    ticks: {
      color: colours.text,
      maxRotation: 0,
      ...(isLying ? { autoSkip: false } : { maxTicksLimit: MOST_TICKS }),
    },
  };
  return {
    type: kind === 'lines' ? 'line' : 'bar',
    data: { labels: [...labels], datasets: series.map((one) => dataset(one, colours, kind)) },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      indexAxis: isLying ? 'y' : 'x',
      interaction: { mode: 'index', intersect: false, axis: isLying ? 'y' : 'x' },
      scales: isLying ? { x: values, y: names } : { x: names, y: values },
      plugins: {
        legend: {
          display: series.length > 1,
          position: 'bottom',
          labels: { color: colours.text, boxWidth: 14, boxHeight: 2 },
        },
        tooltip: {
          callbacks: {
            label: ({ dataset: { label }, raw }) =>
              typeof raw === 'number' ? `${label ?? ''}: ${format(raw)}` : '',
          },
        },
      },
    },
  };
}

function dataset(
  { name, values, tone, dashed = false }: Series,
  colours: ChartColours,
  kind: ChartShape['kind'],
): ChartDataset<'bar' | 'line', (number | null)[]> {
  const colour = colours[tone];
  const base = { label: name, data: [...values], backgroundColor: colour, borderColor: colour };
  if (kind !== 'lines') return { ...base, maxBarThickness: 26, borderRadius: 3 };
  return {
    ...base,
    borderWidth: 2,
    pointRadius: 0,
    pointHitRadius: 12,
    tension: 0,
    borderDash: dashed ? [5, 4] : [],
  };
}
