import { normalizeLabel, type Target } from './link-parts.js'

/** The link reference definitions of one text. The first definition of a label wins. */
export class References {
  private readonly targets = new Map<string, Target>()

  define(label: string, target: Target): void {
    const key = normalizeLabel(label)
    if (!this.targets.has(key)) this.targets.set(key, target)
  }

  find(label: string): Target | undefined {
    return this.targets.get(normalizeLabel(label))
  }
}
