import type { Annotations } from '../../../annotations/annotations.js'
import type { AppCaller } from '../../../auth/access.js'
import { describeApp } from '../../../catalog/describe-app.js'
import type { AnyApp } from '../../../catalog/workspace-apps.js'
import type { AppRecords } from '../../../engine/app-records.js'
import type { AppFiles } from '../../../uploads/app-files.js'
import type { Route } from '../../dialect.js'
import type { AppCalls } from '../decode-call.js'
import { failure } from '../errors.js'
import { encodeEndUser, encodeInfo, encodeParameters, encodeSite } from './encode.js'
import { endUserSchema, infoSchema, metaSchema, parametersSchema, siteSchema } from './schema.js'

const group = 'App'

export interface AppParts<Context> extends AppCalls<Context> {
  /** All that is known of the app of a key. @throws {ParleyError} `app_not_found` */
  loadApp(app: AppCaller): Promise<AnyApp<Context>>
  annotations: Annotations
  records: AppRecords<Context>
  /** Absent: this server keeps no files. */
  files?: AppFiles<Context> | undefined
}

/** What an app is and what it asks people for. A user is not needed, and none is looked at; who its users are. */
export function appRoutes<Context>(parts: AppParts<Context>): Route[] {
  const { appOf, callOf, loadApp, records, files, annotations } = parts

  /** Fails as every call does once the app has gone. */
  async function find(request: Request) {
    const caller = await appOf(request)
    const { app } = await callOf(request, caller, '')
    return { app, caller, facts: describeApp(await loadApp(caller)) }
  }

  return [
    {
      method: 'GET',
      path: '/v1/info',
      description: { id: 'getInfo', group, summary: 'What the app is.', answer: infoSchema },
      handle: async (request) => Response.json(encodeInfo((await find(request)).facts)),
    },
    {
      method: 'GET',
      path: '/v1/parameters',
      description: {
        id: 'getParameters',
        group,
        summary: 'What the app asks people for, and what it takes.',
        answer: parametersSchema,
      },
      async handle(request) {
        const { app, caller, facts } = await find(request)
        const reply = await annotations.reply(caller)
        const abilities = {
          suggests: app.suggest !== undefined,
          hears: app.hears ?? app.transcribe !== undefined,
          speaks: app.speak !== undefined,
        }
        return Response.json(
          encodeParameters(facts, {
            ...abilities,
            maxFileBytes: files?.maxBytes,
            annotations: reply?.enabled ?? false,
          }),
        )
      },
    },
    {
      method: 'GET',
      path: '/v1/meta',
      description: { id: 'getMeta', group, summary: 'The icons of its tools, which have none.', answer: metaSchema },
      async handle(request) {
        await find(request)
        return Response.json({ tool_icons: {} })
      },
    },
    {
      method: 'GET',
      path: '/v1/site',
      description: { id: 'getSite', group, summary: 'How the app presents itself.', answer: siteSchema },
      handle: async (request) => Response.json(encodeSite((await find(request)).facts)),
    },
    {
      method: 'GET',
      path: '/v1/end-users/:id',
      description: {
        id: 'getEndUser',
        group,
        summary: 'Get a user of this app by your id of them.',
        failures: [404],
        answer: endUserSchema,
      },
      async handle(request, { params: { id = '' } }) {
        const app = await appOf(request)
        const user = await records.user(app, id)
        if (!user) throw failure('end_user_not_found', 'End user not found.')
        return Response.json(encodeEndUser(id, { ...app, ...user }))
      },
    },
  ]
}
