import type { Clock } from '../base/clock.js'
import { publicUrlOf } from '../http/public-url.js'
import type { KnowledgeBases } from '../knowledge/knowledge-bases.js'
import type { SourceAddresses } from '../knowledge/source-files.js'
import { createSigner } from '../uploads/signed-urls.js'

const LIFETIME_MS = 10 * 60 * 1000
/** No attachment has this owner: an address of one never opens the other. */
const KNOWLEDGE = '(knowledge)'

/** Signed addresses of files that documents were made of. */
export function knowledgeDownloads(
  { sources }: Pick<KnowledgeBases, 'sources'>,
  { key, clock }: { key: Uint8Array; clock: Clock },
): SourceAddresses {
  const signer = createSigner(key)
  return {
    async addressOf({ id, workspace_id }, request) {
      const scope = { workspaceId: workspace_id, userId: KNOWLEDGE, appId: KNOWLEDGE }
      const expires = clock.now().getTime() + LIFETIME_MS
      const token = await signer.sign({ purpose: 'read', id, scope, expires })
      return `${publicUrlOf(request)}/v1/datasets/file?token=${token}`
    },
    async fileOf(request) {
      const token = new URL(request.url).searchParams.get('token') ?? ''
      const grant = await signer.verify(token, clock.now().getTime())
      if (grant?.purpose !== 'read' || grant.scope.userId !== KNOWLEDGE) return null
      return (await sources?.load(grant.scope.workspaceId, grant.id)) ?? null
    },
  }
}
