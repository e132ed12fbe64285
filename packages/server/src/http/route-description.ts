import type { AppMode } from '@parley/protocol'
import type { z } from 'zod'

/** What a caller proves itself with; an end user's are `clientSecret` and `userToken`. */
export type Credential = 'apiKey' | 'clientSecret' | 'userToken' | 'login'

/** A failure that documentation knows by its status. */
export type FailureStatus = 400 | 401 | 403 | 404 | 406 | 409 | 412 | 413 | 415 | 429 | 501 | 502

/** One API of the documentation; several groups of routes may belong to it. */
export interface ApiDescription {
  /** In addresses: small letters and hyphens. */
  id: string
  title: string
  /** What it is for and who calls it, in a few sentences. */
  text: string
  /** The headings of its routes, in the order they are read. */
  groups: readonly string[]
  /** What each failure is told in. */
  error: z.ZodType
  /** Who may call, unless a route says otherwise; the first is what examples show. Empty: anybody. */
  credentials: readonly Credential[]
  /** The key alone says which app is called: nobody goes without, in development neither. */
  keysSayWhich?: true
  /** What may go wrong everywhere. */
  failures: readonly FailureStatus[]
}

/**
 * What goes in and comes out. Schemas are those that check what comes in, and those the types of answers are inferred
 * from; what a field means stands there, as `.describe()`.
 */
export interface Exchange {
  /** One sentence: what the caller gets from it. */
  summary: string
  /** What else is worth knowing, in plain sentences. */
  text?: string
  query?: z.ZodType
  /** A JSON body. */
  body?: z.ZodType
  /** The fields of a form (`multipart/form-data`); a file is `z.file()`. */
  form?: z.ZodType
  /** The body is a file as it is. */
  bytes?: true
  /**
   * What an example sends: a body, or the fields of a form, where a file is `@` and its name. `APP_ID` becomes the id of the app
   * that is read about; other words in capitals (`THREAD_ID`) are the reader's to replace. `inputs` get
   * samples of what the app asks for.
   */
  example?: unknown
  /** Parameters of the address that the example sends. */
  exampleQuery?: Record<string, string>
  /** A JSON answer. */
  answer?: z.ZodType
  /** Server-sent events: what the data of one of them is. With an `answer` beside it, the request decides which comes. */
  events?: z.ZodType
  /** Lines of JSON: what one of them is. */
  lines?: z.ZodType
  /** The media type of an answer that is a file. */
  file?: string
}

/** What the documentation says of one route. */
export interface RouteDescription extends Exchange {
  /** Unique within its API; what a generated client calls it. */
  id: string
  /** The heading it stands under. */
  group: string
  /** Of a good answer. Default: 200, or 204 where there is no answer. */
  status?: 200 | 201 | 202 | 204
  /** What may go wrong besides what may everywhere; 400 is clear from a query or a body, 413 and 415 from a body. */
  failures?: readonly FailureStatus[]
  credentials?: readonly Credential[]
  /** `default`: it reaches the default app alone. */
  app?: 'default'
  /** It reaches apps of these kinds alone. */
  modes?: readonly AppMode[]
  /** What an example has for parts of the path that are no ids, by the name of the parameter. */
  params?: Readonly<Record<string, string>>
  /** Headers that mean something here, in words. */
  headers?: Readonly<Record<string, string>>
  /** Several operations at one address, told apart by what the body says. Loaded when somebody reads about them. */
  variants?(): Promise<readonly Variant[]>
}

/** One of several operations at one address. */
export interface Variant extends Exchange {
  /** How the body names it, or a few words. */
  name: string
}
