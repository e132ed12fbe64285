type Task = () => Promise<void>

/** So far below the screen things are drawn already, to be there when they come into sight. */
const AHEAD = '400px'

const tasks = new WeakMap<Element, Task>()
let watcher: IntersectionObserver | null = null

/** Runs a task in an idle moment after its element came into sight, once. A task that fails leaves everything as it is. */
export function whenSeen(element: Element, task: Task): void {
  watcher ??= new IntersectionObserver(runSeen, { rootMargin: AHEAD })
  tasks.set(element, task)
  watcher.observe(element)
}

function runSeen(entries: IntersectionObserverEntry[], own: IntersectionObserver): void {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue
    own.unobserve(target)
    const task = tasks.get(target)
    tasks.delete(target)
    if (task) whenIdle(() => void task().catch(report))
  }
}

/** Safari has no idle callbacks. */
function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 500 })
  else setTimeout(run, 60)
}

/** The reader loses nothing but colours; whoever looks for the cause finds it. */
function report(failure: unknown): void {
  console.warn('Something stays plain text.', failure)
}
