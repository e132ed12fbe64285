import { describe, expect, it } from 'vitest'
import { appFormSchema, checkInputs, fittingInputs, type InputValues } from './app-form.js'

const form = appFormSchema.parse([
  { type: 'text-input', variable: 'city', required: true, max_length: 5 },
  { type: 'paragraph', variable: 'story', default: 'Once' },
  { type: 'select', variable: 'tone', options: ['kind', 'dry'] },
  { type: 'number', variable: 'nights' },
  { type: 'checkbox', variable: 'pets' },
  { type: 'file', variable: 'map' },
  { type: 'file-list', variable: 'photos', max_length: 1 },
  { type: 'json_object', variable: 'extra' },
])
const photo = { id: 'f1', name: 'a.png' }

describe('D5: the form of an app', () => {
  it('takes values in its own order, with defaults, and drops what it does not ask for', () => {
    expect(checkInputs(form, { pets: 'On', nights: '3', city: 'Hue', other: 1, __proto__: { story: 'x' } })).toEqual({
      city: 'Hue',
      story: 'Once',
      tone: null,
      nights: 3,
      pets: true,
      map: null,
      photos: null,
      extra: null,
    })
    expect(checkInputs(form, { city: 'Hue', nights: '', map: photo, photos: [photo], extra: {} })).toMatchObject({
      nights: null,
      map: photo,
      photos: [photo],
      extra: {},
    })
  })

  it('counts characters as people do, and reads numbers as they write them', () => {
    const read = (given: InputValues) => checkInputs(form, { city: 'Hue', ...given })

    expect(read({ city: '🌊🌊🌊🌊🌊' }).city).toBe('🌊🌊🌊🌊🌊')
    expect(() => read({ city: '🌊🌊🌊🌊🌊🌊' })).toThrow('less than 5 characters')
    for (const [nights, value] of [
      [' ', null],
      [' 3 ', 3],
      ['-0.5', -0.5],
      ['1e3', 1000],
      ['+2', 2],
    ] as const)
      expect(read({ nights }).nights).toBe(value)
  })

  it.each<[string, InputValues]>([
    ['city is required in input form', {}],
    ['city is required in input form', { city: null }],
    ['city in input form must be a string', { city: 1 }],
    ['city in input form must be less than 5 characters', { city: 'Da Nang' }],
    ['tone in input form must be one of the following: kind, dry', { tone: 'rude' }],
    ['nights in input form must be a valid number', { nights: 'many' }],
    ['nights in input form must be a valid number', { nights: '0x10' }],
    ['nights in input form must be a valid number', { nights: true }],
    ['pets in input form must be true or false', { pets: 'maybe' }],
    ['pets in input form must be true or false', { pets: [true] }],
    ['map in input form must be a file', { map: 'a.png' }],
    ['photos in input form must be a list of files', { photos: photo }],
    ['photos in input form must have at most 1 files', { photos: [photo, photo] }],
    ['extra in input form must be an object', { extra: [] }],
  ])('says what is wrong: %s', (message, given) => {
    const values = 'city' in given || message.startsWith('city') ? given : { city: 'Hue', ...given }

    expect(() => checkInputs(form, values)).toThrow(message)
  })

  it('takes what fits from callers who never saw it', () => {
    expect(fittingInputs(form, { city: 'Hanoi City', tone: 'dry' })).toMatchObject({ city: null, tone: 'dry' })
  })

  it('has each name once', () => {
    const field = { type: 'number', variable: 'a' }
    expect(appFormSchema.safeParse([field, field]).success).toBe(false)
  })
})
