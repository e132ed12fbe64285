import { ERRORS, ParleyError } from '@parley/protocol'
import { sizeInWords } from '../base/size-in-words.js'
import { publicUrlOf } from '../http/public-url.js'
import type { LateRouteGroup, Route, RouteGroup } from '../http/route.js'
import { type AppFacts, LANGUAGES } from './app-facts.js'
import { type DocumentedApi, loadApis } from './documented-api.js'
import { forApp } from './for-app.js'
import { describeApis } from './openapi.js'
import { apiPage } from './page/api-page.js'
import { appPage } from './page/app-page.js'
import { listPage } from './page/list-page.js'
import { refusalPage } from './page/refusal-page.js'
import { DOCS_PATH } from './path.js'

/** Somebody who may read, and about which app: all of the workspace, unless it says one. */
export interface Reader {
  workspaceId: string
  appId?: string
}

export interface ApiDocsParts {
  /** @throws {ParleyError} `unauthorized` */
  readerOf(request: Request): Promise<Reader>
  /** Every app of a workspace. */
  listApps(workspaceId: string): Promise<AppFacts[]>
  /** By id or another name. @throws {ParleyError} `app_not_found`, also for one this reader may not know of */
  findApp(reader: Reader, name: string): Promise<AppFacts>
  /** What the server answers. */
  groups(): readonly (RouteGroup | LateRouteGroup)[]
  /** Development: callers need to prove nothing. */
  isOpen: boolean
  encodeError: RouteGroup['encodeError']
}

/** The documentation of each app, for people and for generators of clients. */
export function docsRoutes({ readerOf, listApps, findApp, groups, isOpen, encodeError }: ApiDocsParts): RouteGroup {
  let loading: Promise<DocumentedApi[]> | undefined
  /** What servers and browsers call; the admin API, which is about no app, describes itself. */
  const loadAll = async () => {
    loading ??= loadApis(groups()).then((apis) => apis.filter(({ id }) => id !== 'admin'))
    return loading.catch((thrown: unknown) => {
      loading = undefined
      throw thrown
    })
  }

  async function open(request: Request, name: string | undefined) {
    const app = await findApp(await readerOf(request), name ?? '')
    return { app, apis: forApp(await loadAll(), app), options: { server: publicUrlOf(request), isOpen } }
  }

  async function openOne(request: Request, { app: name, api: id }: Record<string, string>) {
    const { app, apis, options } = await open(request, name)
    const api = apis.find((one) => one.id === id)
    if (!api) throw new ParleyError('not_found', `There is no API "${id}" here.`)
    return { app, api, options }
  }

  const document = (app: AppFacts, apis: readonly DocumentedApi[], server: string): Response =>
    Response.json(
      describeApis(apis, {
        title: apis.length === 1 && apis[0] ? `${app.name}: ${apis[0].title}` : app.name,
        version: '1',
        description: aboutApp(app),
        server,
      }),
    )

  const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path: DOCS_PATH + path, handle })
  return {
    encodeError(error, request) {
      const wantsPage = request.headers.get('accept')?.includes('text/html') ?? false
      if (!wantsPage) return encodeError(error, request)
      return refusalPage(request, ERRORS[error.code].status, error.message)
    },
    routes: [
      get('', async (request) => {
        const reader = await readerOf(request)
        const apps =
          reader.appId === undefined ? await listApps(reader.workspaceId) : [await findApp(reader, reader.appId)]
        return listPage(request, apps)
      }),
      get('/:app', async (request, { params }) => {
        return appPage(request, await open(request, params.app))
      }),
      get('/:app/openapi.json', async (request, { params }) => {
        const { app, apis, options } = await open(request, params.app)
        return document(app, apis, options.server)
      }),
      get('/:app/:api', async (request, { params }) => {
        return apiPage(request, await openOne(request, params))
      }),
      get('/:app/:api/openapi.json', async (request, { params }) => {
        const { app, api, options } = await openOne(request, params)
        return document(app, [api], options.server)
      }),
    ],
  }
}

/** The same in sentences, for whoever has only the document. */
function aboutApp(app: AppFacts): string {
  const { id, description, aliases, mode, inputs, choices, streamLanguage, files } = app
  return [
    ...(description ? [description] : []),
    `The app \`${id}\`, of the kind \`${mode}\`.`,
    ...(aliases.length > 0 ? [`It is called ${named(aliases)} as well.`] : []),
    ...(inputs.length > 0 ? [`It asks for ${named(inputs.map(({ variable }) => variable))}.`] : []),
    ...(choices.models.length > 0 ? [`Models to choose: ${named(choices.models)}.`] : []),
    ...(choices.tools.length > 0 ? [`Tools to choose: ${named(choices.tools)}.`] : []),
    ...(streamLanguage
      ? [`Its streams below \`/api/ai\` are in ${LANGUAGES[streamLanguage]} language, unless a key says otherwise.`]
      : []),
    files ? `Files may have ${sizeInWords(files.maxBytes)}.` : 'It takes no files.',
    ...(files?.hostedTypes ? [`Sessions and API keys may send ${named(files.hostedTypes)}.`] : []),
  ].join(' ')
}

const named = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')
