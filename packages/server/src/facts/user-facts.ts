import { ParleyError } from '@parley/protocol'
import { type Clock, systemClock } from '../base/clock.js'
import { randomId } from '../base/random-id.js'
import type { Fact, FactStore } from '../storage/fact-store.js'
import type { Scope } from '../storage/store.js'

/** What an app remembers about its users, one user at a time. */
export interface UserFacts {
  list(owner: Scope): Promise<Fact[]>
  /** What is known already is not kept twice. @throws {ParleyError} `invalid_request` for nothing, or too much */
  remember(text: string, owner: Scope): Promise<Fact>
  /** @throws {ParleyError} `not_found` */
  forget(factId: string, owner: Scope): Promise<void>
  /** @returns how many */
  forgetAll(owner: Scope): Promise<number>
  /** Of a user in all apps. */
  ofUser(workspaceId: string, userId: string): Promise<{ appId: string; facts: Fact[] }[]>
}

const MOST_FACTS = 100
const LONGEST_FACT = 500

/** The facts of a store, within their limits: 100 of 500 characters each for a user of an app. */
export const userFacts = (store: FactStore, clock: Clock = systemClock): UserFacts => ({
  list: (owner) => store.loadFacts(owner),
  async remember(given, owner) {
    const text = given.replace(/\s+/g, ' ').trim()
    if (text === '') throw new ParleyError('invalid_request', 'Say what to remember.')
    if (text.length > LONGEST_FACT)
      throw new ParleyError('invalid_request', `Remember at most ${LONGEST_FACT} characters at once.`)
    const fact = { id: randomId('fact'), text, created_at: clock.now().toISOString() }
    const kept = await store.changeFacts(owner, (facts) => {
      if (facts.some((known) => known.text === text)) return facts
      if (facts.length < MOST_FACTS) return [...facts, fact]
      throw new ParleyError('invalid_request', `${MOST_FACTS} facts are remembered already. Forget one first.`)
    })
    return kept.find((known) => known.text === text) ?? fact
  },
  async forget(factId, owner) {
    let isKnown = false
    await store.changeFacts(owner, (facts) => {
      const left = facts.filter(({ id }) => id !== factId)
      isKnown = left.length < facts.length
      return left
    })
    if (!isKnown) throw new ParleyError('not_found', `There is no fact "${factId}" here.`)
  },
  async forgetAll(owner) {
    let count = 0
    await store.changeFacts(owner, (facts) => {
      count = facts.length
      return []
    })
    return count
  },
  ofUser: (workspaceId, userId) => store.listFacts(workspaceId, userId),
})
