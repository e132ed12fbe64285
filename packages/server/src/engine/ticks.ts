import type { Schedule } from '../base/schedule.js'

/** What everybody wants done at the end of this tick, in one go: one scheduled call for all runs. */
export interface Ticks {
  add(task: () => void): void
}

export function createTicks(schedule: Schedule): Ticks {
  let due: (() => void)[] = []
  const runDue = () => {
    const tasks = due
    due = []
    for (const task of tasks) task()
  }
  return {
    add(task) {
      if (due.length === 0) schedule(runDue)
      due.push(task)
    },
  }
}
