import type { WorkspaceApps } from '../catalog/workspace-apps.js'
import type { Annotations } from './annotations.js'
import { answersFirst } from './answers-first.js'

/** The same apps, which give the answers that somebody wrote where they are set to; these go with their app. */
export const withAnnotations = <Context>(
  apps: WorkspaceApps<Context>,
  annotations: Pick<Annotations, 'answerTo' | 'forgetApp'>,
): WorkspaceApps<Context> => ({
  ...apps,
  async find(workspaceId, name, choice) {
    const found = await apps.find(workspaceId, name, choice)
    if (!found) return undefined
    const place = { workspaceId, appId: found.id }
    return { ...found, app: answersFirst(found.app, (question) => annotations.answerTo(place, question)) }
  },
  async delete(workspaceId, appId) {
    await apps.delete(workspaceId, appId)
    await annotations.forgetApp({ workspaceId, appId })
  },
})
