import type { AgentContext } from '../agent-context.js'

/** Tells the person that an answer has to do without some tools; why stands in the log. */
export const tellMissing =
  (context: AgentContext<unknown>) =>
  ({ name }: { name: string }): void =>
    context.stream({
      type: 'notice',
      level: 'warning',
      title: `${name} cannot be reached`,
      message: 'This answer is made without its tools.',
    })
