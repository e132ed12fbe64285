/** Drawn by hand on a ground of 16 × 16; the lines take the colour of the text. */
const PATHS = {
  apps: 'M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  close: 'm4 4 8 8m0-8-8 8',
  copy: 'M6 6h7v7H6zM10 3.5V3H3v7h.5',
  done: 'm3.5 8.5 3 3 6-7',
  info: 'M8 7.5v3.5M8 5h.01M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
  key: 'M9.5 9.5a3.5 3.5 0 1 0-3-3L2.5 10.5V13.5h3V12h1.5v-1.5zM10.5 5.5h.01',
  knowledge: 'M3 3h4a2 2 0 0 1 1 1 2 2 0 0 1 1-1h4v9H9.5A1.5 1.5 0 0 0 8 13.5 1.5 1.5 0 0 0 6.5 12H3zM8 4v9.5',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5M8 10v1.2',
  model: 'M8 2.5 9.4 6.6 13.5 8 9.4 9.4 8 13.5 6.6 9.4 2.5 8 6.6 6.6z',
  next: 'M6.5 3.5 11 8l-4.5 4.5',
  open: 'M9.5 3H13v3.5M13 3 7.5 8.5M11.5 9.5V13H3V4.5h3.5',
  person: 'M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 13.5c.6-2.4 2.6-3.5 5-3.5s4.4 1.1 5 3.5',
  plug: 'M5.5 2.5v3M10.5 2.5v3M4 5.5h8V8a4 4 0 0 1-8 0zM8 12v2',
  plus: 'M8 3v10M3 8h10',
  server: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  session: 'M2.5 3.5h11v7.5h-6l-3 2.5V11h-2z',
  traces: 'M2.5 3.5h6M5 8h7M8.5 12.5h5',
  users:
    'M6 8a2.25 2.25 0 1 0 0-4.5A2.25 2.25 0 0 0 6 8zM1.8 13c.4-2 2-3 4.2-3s3.8 1 4.2 3M10.5 3.7a2.25 2.25 0 0 1 0 4.1M12 10.2c1.3.4 2.1 1.3 2.3 2.8',
  warning: 'M8 6v3.5M8 11.8h.01M8 2.5l6 10.8H2z',
} as const

export type IconName = keyof typeof PATHS

/** A picture beside words that say the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
