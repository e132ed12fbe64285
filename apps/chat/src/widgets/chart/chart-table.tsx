import type { ChartData } from './chart-data.js'

/** A chart's numbers for who cannot see the picture. */
export function ChartTable({ data, label, format }: { data: ChartData; label: string; format(value: number): string }) {
  return (
    <div class="unseen">
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            <td />
            {data.series.map((series) => (
              <th key={series.label} scope="col">
                {series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.ticks.map((tick, at) => (
            <tr key={at}>
              <th scope="row">{tick}</th>
              {data.series.map((series) => (
                <td key={series.label}>{formatOr(series.values[at], format)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A number in words of the locale; a gap is a dash. */
export function formatOr(value: number | null | undefined, format: (value: number) => string): string {
  return typeof value === 'number' ? format(value) : '–'
}
