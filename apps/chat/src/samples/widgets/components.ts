import type { WidgetComponent, WidgetRoot } from '@parley/protocol'
import type { WidgetSample } from '../sample.js'
import { CONTAINERS } from './containers.js'
import { CONTROLS } from './controls.js'
import { TEXTS } from './texts.js'
import { VISUALS } from './visuals.js'

export { CONTAINERS, CONTROLS, TEXTS, VISUALS }

/** A sample of each component, by its type: a new component does not compile without one. */
export const COMPONENTS: Record<(WidgetComponent | WidgetRoot)['type'], WidgetSample> = {
  ...CONTAINERS,
  ...TEXTS,
  ...CONTROLS,
  ...VISUALS,
}
