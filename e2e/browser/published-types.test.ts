import type * as Published from '@openai/chatkit'
import type * as Ours from '@parley/element'
import { describe, expectTypeOf, it } from 'vitest'

/** Compared by the compiler (`npm run types`): these assertions have nothing left to do when they run. */
describe('types of the element beside those of @openai/chatkit 1.9', () => {
  it('takes options written for the published types', () => {
    expectTypeOf<Published.ChatKitOptions>().toExtend<Ours.ChatKitOptions>()
    expectTypeOf<keyof Published.ChatKitOptions>().toExtend<keyof Ours.ChatKitOptions>()
    expectTypeOf<Exclude<keyof Ours.ChatKitOptions, keyof Published.ChatKitOptions>>().toEqualTypeOf<OwnOption>()
  })

  it('is an OpenAIChatKit', () => {
    expectTypeOf<Ours.ChatKitElement>().toExtend<Omit<Published.OpenAIChatKit, ListenerMethods>>()
    expectTypeOf<keyof Published.OpenAIChatKit>().toExtend<keyof Ours.ChatKitElement>()
  })

  it('takes what the published methods take', () => {
    expectTypeOf<MethodParameters<Published.OpenAIChatKit>>().toExtend<MethodParameters<Ours.ChatKitElement>>()
  })

  it('sends the published events with the published details', () => {
    expectTypeOf<keyof Published.ChatKitEvents>().toEqualTypeOf<Ours.ChatKitEventName>()
    expectTypeOf<Pick<Details, WithDetail>>().toEqualTypeOf<Pick<Ours.ChatKitEventDetails, WithDetail>>()
  })
})

/** What the chat can do beside the published options. */
type OwnOption = 'sources' | 'customWidgets' | 'appearance' | 'launcher' | 'autoHeight'

/** Listeners are compared through the events' details: as overloads they are each other's equal only when identical. */
type ListenerMethods = 'addEventListener' | 'removeEventListener'

type MethodParameters<Element extends Published.OpenAIChatKit | Ours.ChatKitElement> = {
  [Name in Ours.ChatKitMethod]: Parameters<Element[Name]>
}

type Details = { [Name in keyof Published.ChatKitEvents]: Published.ChatKitEvents[Name]['detail'] }

/** The rest have no detail: `void` there, `undefined` here. */
type WithDetail = {
  [Name in keyof Details]: Details[Name] extends object ? Name : never
}[keyof Details]
