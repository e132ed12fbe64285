import type { Value } from './values.js'

/** The variables of one place: those set here, then those of the places around. */
export class Scope {
  readonly #variables: Map<string, Value>

  constructor(
    variables: Iterable<[string, Value]>,
    private readonly around?: Scope,
  ) {
    this.#variables = new Map(variables)
  }

  get(name: string): Value | undefined {
    return this.#variables.has(name) ? this.#variables.get(name) : this.around?.get(name)
  }

  set(name: string, value: Value): void {
    this.#variables.set(name, value)
  }
}
