import type { Tree, WidgetSample } from '../sample.js'
import { caption, card, HILLS, row, text } from './parts.js'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun']

/** What is looked at. */
export const VISUALS = {
  Icon: {
    about: 'One of the built-in icons by name, in seven sizes and any colour.',
    question: 'Which icons are there?',
    source: card(
      {
        type: 'Row',
        wrap: 'wrap',
        gap: 4,
        align: 'center',
        children: ['xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'].map((size) => ({ type: 'Icon', name: 'sparkle', size })),
      },
      {
        type: 'Row',
        wrap: 'wrap',
        gap: 4,
        children: [
          ['calendar', 'info'],
          ['check-circle', 'success'],
          ['bolt', 'warning'],
          ['bug', 'danger'],
          ['globe', 'purple-500'],
          ['star-filled', 'orange-400'],
        ].map(([name, color]) => ({ type: 'Icon', name, color, size: 'xl' })),
      },
    ),
  },
  Image: {
    about:
      'A picture. One from a host that is not allowed is never fetched: its place says what and where it would be.',
    question: 'What does it look like there?',
    source: card(
      { type: 'Image', src: HILLS, alt: 'Hills under a sun', height: 120, fit: 'cover', radius: 'lg' },
      row(
        { type: 'Image', src: HILLS, alt: 'The same hills', size: 56, radius: 'full', frame: true },
        { type: 'Col', gap: 0, children: [text('Rondane', { weight: 'medium' }), caption('National park')] },
      ),
      { type: 'Image', src: 'https://pictures.example.com/cat.png', alt: 'A cat', height: 80 },
    ),
  },
  Divider: {
    about: 'A line between two parts; `flush` takes it to the edges of the card.',
    question: 'What did I order?',
    source: card(
      text('Two tickets'),
      { type: 'Divider' },
      text('One guide'),
      { type: 'Divider', color: 'blue-400', size: 2, spacing: 4 },
      text('And a map'),
      { type: 'Divider', flush: true },
      row(text('Together', { weight: 'semibold' }), { type: 'Spacer' }, text('48', { weight: 'semibold' })),
    ),
  },
  Spacer: {
    about: 'Takes the room its neighbours leave, at least `minSize`.',
    question: 'Is the line up?',
    source: card(
      row(text('Start'), { type: 'Spacer' }, text('End')),
      row(text('Start'), { type: 'Spacer', minSize: 24 }, text('Middle'), { type: 'Spacer' }, text('End')),
    ),
  },
  Chart: {
    about: 'Bars, areas and lines over one axis. Focus it and use the arrow keys to read its numbers.',
    question: 'How are sales?',
    source: {
      type: 'Card',
      size: 'lg',
      children: [
        { type: 'Title', value: 'Sales', size: 'sm' },
        {
          type: 'Chart',
          data: MONTHS.map((month, at) => ({
            month,
            shop: 120 + at * 31,
            web: 90 + ((at * 47) % 130),
            target: at === 3 ? null : 240 + at * 18,
          })),
          series: [
            { type: 'bar', dataKey: 'shop', label: 'Shop', stack: 's' },
            { type: 'bar', dataKey: 'web', label: 'Web', stack: 's' },
            { type: 'line', dataKey: 'target', label: 'Target', curveType: 'monotone', color: 'orange' },
          ],
          xAxis: { dataKey: 'month' },
          showYAxis: true,
          showLegend: true,
        },
        {
          type: 'Chart',
          height: 120,
          data: [3, 5, 2, 8, 6, 9, 7].map((value, at): Tree => ({ day: `d${at}`, value })),
          series: [{ type: 'area', dataKey: 'value', label: 'Load', curveType: 'natural', color: 'purple' }],
          xAxis: { dataKey: 'day', hide: true },
        },
      ],
    },
  },
} satisfies Record<string, WidgetSample>
