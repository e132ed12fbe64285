/** Replaced by the page's bundler, as in React itself. */
declare const process: { env: { NODE_ENV?: string } }

const said = new Set<string>()

/** Tells the author of a page once, in the console and never in production, what an option does not do and the cure. */
export function warnOnce(option: string, cure: string): void {
  if (process.env.NODE_ENV === 'production' || said.has(option)) return
  said.add(option)
  console.warn(`ChatKit: "${option}" ${cure}`)
}
