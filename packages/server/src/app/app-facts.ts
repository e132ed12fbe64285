import { ParleyError } from '@parley/protocol'
import type { AppFacts, Reader } from '../api-docs/index.js'
import type { AnyApp, WorkspaceApps } from '../catalog/workspace-apps.js'
import type { Runnable } from '../runnable/runnable.js'

type Files = AppFacts['files']

/** What the documentation tells of the apps of a workspace. `files`: what every app takes here. */
export function appFacts<Context>(apps: WorkspaceApps<Context>, files: Files) {
  return {
    async listApps(workspaceId: string): Promise<AppFacts[]> {
      const found: AppFacts[] = []
      let after: string | undefined
      do {
        const page = await apps.list(workspaceId, { limit: 100, order: 'asc', ...(after !== undefined && { after }) })
        for (const app of page.data) found.push(await factsOf(workspaceId, app))
        after = page.after
      } while (after !== undefined)
      return found
    },
    async findApp({ workspaceId, appId }: Reader, name: string): Promise<AppFacts> {
      const found = await apps.find(workspaceId, name, { only: appId })
      if (!found) throw new ParleyError('app_not_found', `There is no app "${name}" here.`)
      return factsOf(workspaceId, await apps.load(workspaceId, found.id))
    },
  }

  async function factsOf(workspaceId: string, app: AnyApp<Context>): Promise<AppFacts> {
    const id = idOf(app)
    const found = await apps.find(workspaceId, id)
    const { mode = 'chat', inputs = [], choices }: Partial<Runnable<Context>> = found?.app ?? {}
    const { defaultAppId } = apps
    return {
      id,
      ...('code' in app
        ? { name: id, aliases: app.code.aliases }
        : {
            name: app.stored.app.name,
            aliases: app.stored.app.aliases,
            ...(app.stored.app.description && { description: app.stored.app.description }),
          }),
      mode,
      isDefault: id === defaultAppId || ('stored' in app && app.stored.app.aliases.includes(defaultAppId)),
      inputs,
      streamLanguage: found?.streamLanguage,
      choices: { models: choices?.models ?? [], tools: choices?.tools ?? [] },
      ...(files && { files }),
    }
  }
}

const idOf = <Context>(app: AnyApp<Context>) => ('code' in app ? app.code.id : app.stored.app.id)
