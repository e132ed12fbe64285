import type { Tree } from '../sample.js'

export const text = (value: string, more: Tree = {}): Tree => ({ type: 'Text', value, ...more })

export const caption = (value: string): Tree => ({ type: 'Caption', value })

export const label = (fieldName: string, value: string): Tree => ({ type: 'Label', fieldName, value })

export const row = (...children: Tree[]): Tree => ({ type: 'Row', children })

export const card = (...children: Tree[]): Tree => ({ type: 'Card', children })

export const cell = (value: string, more: Tree = {}): Tree => ({
  type: 'Table.Cell',
  children: [text(value, { size: 'sm' })],
  ...more,
})

export const tableRow = (cells: Tree[], header = false): Tree => ({ type: 'Table.Row', header, children: cells })

/** Hills under a sun: a picture that comes with the answer, as an allowed host's would. */
export const HILLS =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="160" height="90"%3E%3Crect width="160" height="90" fill="%234f7bd9"/%3E%3Ccircle cx="112" cy="36" r="20" fill="%23ffd479"/%3E%3Cpath d="M0 90 52 34l36 34 22-18 50 40Z" fill="%232f4f9a"/%3E%3C/svg%3E'
