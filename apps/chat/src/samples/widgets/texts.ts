import type { Tree, WidgetSample } from '../sample.js'
import { card, label, text } from './parts.js'

/** What is read. */
export const TEXTS = {
  Text: {
    about: 'Plain words in any size, weight and colour; cut after some lines, or editable as a field of a form.',
    question: 'What is the weather like?',
    source: {
      type: 'Card',
      status: { text: 'Weather service', icon: 'globe' },
      children: [
        text('Body text, with as many words as it takes to fill more than one line of the card.', {
          id: 'body',
        }),
        text('Secondary and italic', { color: 'secondary', italic: true, size: 'sm' }),
        text('Struck through', { lineThrough: true, size: 'sm' }),
        text('Cut off at the end because it is far too long to fit into one line of a card', { truncate: true }),
        text('Two lines at most, then cut. '.repeat(8), { maxLines: 2, size: 'sm', color: 'tertiary' }),
        text('Danger', { color: 'danger', weight: 'semibold' }),
        text('A colour for each theme', { color: { light: 'purple-700', dark: 'purple-300' }, textAlign: 'end' }),
        text('A name to write over', { editable: { name: 'nick', required: true } }),
      ],
    },
  },
  Title: {
    about: 'A headline in seven sizes.',
    question: 'Which sizes are there?',
    source: card(
      ...['sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl'].map(
        (size): Tree => ({ type: 'Title', size, value: `Title ${size}` }),
      ),
    ),
  },
  Caption: {
    about: 'Small, quiet words beside something more important.',
    question: 'When was that?',
    source: card(
      { type: 'Title', value: 'Backup complete', size: 'sm' },
      ...['sm', 'md', 'lg'].map((size): Tree => ({ type: 'Caption', size, value: `Yesterday at 21:40 (${size})` })),
    ),
  },
  Markdown: {
    about:
      'The same Markdown as in answers: safe links, code, lists and tables. With an `id` it can grow while the answer streams.',
    question: 'Summarise the changes.',
    source: card({
      type: 'Markdown',
      id: 'summary',
      value:
        'Some **bold** words, `code` and a [link](https://example.com/here).\n\n- one\n- two\n\n> And a quotation, where it helps.',
    }),
  },
  Badge: {
    about: 'A word that says what state something is in.',
    question: 'Which badges are there?',
    source: {
      type: 'Card',
      size: 'lg',
      children: ['solid', 'soft', 'outline'].map((variant) => ({
        type: 'Row',
        wrap: 'wrap',
        children: ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'].map((color) => ({
          type: 'Badge',
          label: color,
          color,
          variant,
          size: 'md',
          pill: variant === 'soft',
        })),
      })),
    },
  },
  Label: {
    about: 'Names a field; a click on it moves there, and screen readers say it.',
    question: 'What do you need to know?',
    source: card(label('email', 'Your address'), {
      type: 'Input',
      name: 'email',
      inputType: 'email',
      placeholder: 'you@example.com',
    }),
  },
} satisfies Record<string, WidgetSample>
