import { ANSWERS } from './answers.js'
import { EVENTS, STARTS } from './conversation.js'
import { ITEMS } from './items.js'
import type { ItemSample, Sample, WidgetSample } from './sample.js'
import { CONTAINERS, CONTROLS, TEXTS, VISUALS } from './widgets/components.js'
import { WHOLE_WIDGETS } from './widgets/whole.js'

export interface SampleGroup {
  title: string
  samples: Sample[]
}

/** Everything there is to show, in the order of the gallery's list: the one source for people, pictures and tests. */
export const CATALOGUE: SampleGroup[] = [
  { title: 'Chat', samples: STARTS.map((start) => ({ kind: 'options', ...start })) },
  { title: 'Items', samples: items(ITEMS) },
  { title: 'Markdown', samples: ANSWERS.map((answer) => ({ kind: 'markdown', ...answer })) },
  { title: 'Events', samples: EVENTS.map((events) => ({ kind: 'events', ...events })) },
  { title: 'Containers', samples: widgets(CONTAINERS) },
  { title: 'Texts', samples: widgets(TEXTS) },
  { title: 'Controls', samples: widgets(CONTROLS) },
  { title: 'Pictures and charts', samples: widgets(VISUALS) },
  { title: 'Whole widgets', samples: widgets(WHOLE_WIDGETS) },
]

/** The sample of that id, as addresses name it. */
export function findSample(id: string): Sample | undefined {
  return CATALOGUE.flatMap(({ samples }) => samples).find((sample) => sample.id === id)
}

function items(table: Record<string, ItemSample>): Sample[] {
  return Object.entries(table).map(([id, sample]) => ({ kind: 'item', id, ...sample }))
}

function widgets(table: Record<string, WidgetSample>): Sample[] {
  return Object.entries(table).map(([id, sample]) => ({ kind: 'widget', id, ...sample }))
}
