import type { Route } from '../../dialect.js'
import { childRoutes } from './child-routes.js'
import { type BaseParts, datasetRoutes } from './dataset-routes.js'
import { documentRoutes } from './document-routes.js'
import { type DownloadParts, downloadRoutes } from './download-routes.js'
import { metadataRoutes } from './metadata-routes.js'
import { modelRoutes } from './model-routes.js'
import { type PipelineParts, pipelineRoutes } from './pipeline-routes.js'
import { segmentRoutes } from './segment-routes.js'
import { tagRoutes } from './tag-routes.js'

/** What the routes of knowledge stand on. */
export interface DatasetParts extends BaseParts, DownloadParts, PipelineParts {}

/** Knowledge, for servers with a key of its own. */
export const knowledgeRoutes = (parts: DatasetParts): Route[] => [
  ...tagRoutes(parts),
  ...metadataRoutes(parts),
  ...pipelineRoutes(parts),
  ...downloadRoutes(parts),
  ...datasetRoutes(parts),
  ...documentRoutes(parts),
  ...segmentRoutes(parts),
  ...childRoutes(parts),
  ...modelRoutes(parts),
]
