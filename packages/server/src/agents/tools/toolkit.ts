import type { RunCode } from '../../base/run-code.js'
import type { StepLabels } from '../steps.js'

/** What tools need of the server they run on. What is absent, agents do without. */
export interface Toolkit {
  /** Runs code that a model wrote. */
  runCode?: RunCode
}

/** How the steps of our own tools read. */
export const TOOL_STEPS: StepLabels = {
  code_interpreter: { title: 'Running code', icon: 'square-code', argument: 'code' },
}
